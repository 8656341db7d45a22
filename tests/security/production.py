"""An environment production starts in, and processes of the installation run in it."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

from arrimage.config.production import COMPULSORY

NOWHERE = "postgresql://somebody@/nothing?host=/nowhere"


def environment(folder: Path, **changes: str | None) -> dict[str, str]:
    """Return a whole production environment, with `changes` (None takes a variable away)."""
    attachments = folder / "attachments"
    attachments.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARRIMAGE_", "DJANGO_"))}
    given: dict[str, str | None] = {
        **kept,
        "ARRIMAGE_ENV": "production",
        "ARRIMAGE_DATA": str(folder / "data"),
        "ARRIMAGE_SECRET_KEY": secrets.token_urlsafe(48),
        "ARRIMAGE_SEAL_KEY": secrets.token_urlsafe(48),
        "ARRIMAGE_ATTACHMENT_KEYS": f"2026:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "ARRIMAGE_ATTACHMENTS": str(attachments),
        "ARRIMAGE_HOSTS": "arrimage.example",
        "ARRIMAGE_ORIGINS": "https://arrimage.example",
        "DATABASE_URL": NOWHERE,
        "ARRIMAGE_WEB_DATABASE_URL": NOWHERE,
        **changes,
    }
    assert given.keys() >= COMPULSORY.keys()
    return {name: value for name, value in given.items() if value is not None}


def run(words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `python …` in that environment."""
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
    )


def arrimage(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run(["-m", "arrimage.cli", *words], environment)
