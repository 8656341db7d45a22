"""A tiny register of the measures."""

import pytest

from arrimage.bench.data.register import Register
from arrimage.bench.sizes import TODAY

PERSONS = 160


@pytest.fixture
def register(db, settings) -> Register:
    """160 generated persons, on the day the measures take for today."""
    settings.TODAY = TODAY
    register = Register(PERSONS)
    register.fill(PERSONS // 4)
    register.fill(PERSONS)
    return register
