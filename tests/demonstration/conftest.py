from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import launched
from tests.demonstration.installation import Installation, installed


@pytest.fixture(scope="session")
def demonstration() -> Iterator[Installation]:
    """The demonstration, loaded once; its tests share it, so they change copies only."""
    with installed() as installation:
        yield installation


@pytest.fixture(scope="module")
def site(demonstration: Installation) -> Iterator[str]:
    """The site, for reading. A module at a time: a database is not copied while it is served."""
    with demonstration.served() as address:
        yield address


@pytest.fixture(scope="module")
def copied_site(demonstration: Installation) -> Iterator[str]:
    """The site over a copy of the demonstration, for writing."""
    with demonstration.copied() as copy, copy.served() as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser
