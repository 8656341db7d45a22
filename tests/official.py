"""The official public files that conformance tests read, where they are."""

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDER = SHARED / "data"


def official(name: str) -> Path:
    """Return an official file, or skip the test where it is not."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the official file {name} is not here")
    return path


def standard(name: str) -> Any:
    """Return a JSON file of a standard, or skip the test where it is not."""
    path = SHARED / "standards" / name
    if not path.exists():
        pytest.skip(f"the standard's file {name} is not here")
    return json.loads(path.read_text())
