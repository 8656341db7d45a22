"""A tiny register of the measures."""

import pytest

from arrimage.bench.data.register import Register
from arrimage.bench.owner import Owner
from arrimage.bench.sizes import TODAY
from tests.roles import as_owner

PERSONS = 160


@pytest.fixture
def register(db, settings) -> Register:
    """160 generated persons, on the day the measures take for today."""
    settings.TODAY = TODAY
    with as_owner():
        register = Register(PERSONS)
        register.fill(PERSONS // 4)
        register.fill(PERSONS)
    return register


class SameConnection(Owner):
    """The owner of the database, in the transaction of the test."""

    speaking = staticmethod(as_owner)


@pytest.fixture
def owner() -> Owner:
    return SameConnection("", {})
