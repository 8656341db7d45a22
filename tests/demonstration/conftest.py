from collections.abc import Iterator

import pytest

from tests.demonstration.installation import Installation, installed


@pytest.fixture(scope="session")
def demonstration() -> Iterator[Installation]:
    """The demonstration, loaded once; its tests share it, so they put back what they change."""
    with installed() as installation:
        yield installation
