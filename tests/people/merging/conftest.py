"""Two records that are one person, and who settles it."""

from datetime import date

import pytest

from arrimage.accounts.enums import Role
from tests import factories as f


@pytest.fixture
def lead():
    return f.actor(Role.TEAM_LEAD)


@pytest.fixture
def pair():
    born = date(1984, 3, 12)
    return [f.PersonFactory(given_name=name, family_name="Alaoui", birth_date=born) for name in ("Mohamed", "Mohamad")]
