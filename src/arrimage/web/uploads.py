"""A file kept between its checking and its importing: on the installation's disk, for the session that gave it.

`settings.DATA` is shared by the processes of one machine; several machines share it, or send one session to one.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

KEPT_SECONDS = 3_600
SESSION_KEY = "kept_upload"


def keep(request: HttpRequest, purpose: str, file: UploadedFile) -> None:
    """Keep a file for an hour, in place of the one kept before for the same purpose."""
    forget(request, purpose)
    folder = _folder()
    _remove_old(folder)
    name = secrets.token_hex(16)
    path = folder / name
    with path.open("xb") as target:
        path.chmod(0o600)
        for chunk in file.chunks():
            target.write(chunk)
    held = dict(request.session.get(SESSION_KEY, {}))
    held[purpose] = {"name": name, "filename": (file.name or "")[-255:]}
    request.session[SESSION_KEY] = held


@contextmanager
def kept(request: HttpRequest, purpose: str) -> Iterator[tuple[BinaryIO, str] | None]:
    """Open the file kept for this purpose, with the name it had; None when there is none any more."""
    held = request.session.get(SESSION_KEY, {}).get(purpose)
    path = _folder() / held["name"] if held else None
    if path is None or not path.is_file():
        yield None
        return
    with path.open("rb") as file:
        yield file, held["filename"]


def forget(request: HttpRequest, purpose: str) -> None:
    """Remove the file kept for this purpose, if any."""
    held = dict(request.session.get(SESSION_KEY, {}))
    if known := held.pop(purpose, None):
        (_folder() / known["name"]).unlink(missing_ok=True)
        request.session[SESSION_KEY] = held


def _folder() -> Path:
    folder: Path = settings.DATA / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _remove_old(folder: Path) -> None:
    oldest = time.time() - KEPT_SECONDS
    for path in folder.iterdir():
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
