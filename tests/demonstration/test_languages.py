"""Whoever reads Spanish or Arabic reads no French on the pages of newcomers and the public but what people wrote."""

import json
import subprocess
import sys

import pytest

from tests.demonstration.installation import ROOT, Installation


@pytest.mark.parametrize("language", ["es", "ar"])
def test_no_page_of_a_newcomer_or_of_the_public_lacks_a_text(demonstration: Installation, language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.demonstration.untranslated", language],
        env=demonstration.environment, cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["pages"] > 30
    assert found["lacking"] == {}
