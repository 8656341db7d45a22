"""The official public files that conformance tests read, where they are."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


def official(name: str) -> Path:
    """Return an official file, or skip the test where it is not."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the official file {name} is not here")
    return path
