from types import SimpleNamespace

import pytest

from tests.reporting.world import build_world


@pytest.fixture
def world(db) -> SimpleNamespace:
    return build_world()
