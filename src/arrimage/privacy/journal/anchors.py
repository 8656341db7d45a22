"""What is kept of the seals outside the database: a file that only grows, and whatever a command does with each line.

Whoever holds the database can rewrite it whole; the anchors say what it was. Keep their folder on another machine, or
let `ARRIMAGE_ANCHOR_COMMAND` send each line away (by mail, to a journal that is written once).
"""

import json
import logging
import os
import shlex
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)
COMMAND_SECONDS = 60


@dataclass(frozen=True)
class Anchor:
    """A seal, as it is kept outside."""

    number: int
    first_id: int
    last_id: int
    count: int
    digest: str
    previous: str
    sealed_at: str


def anchor_file() -> Path:
    """Return the file of this database's anchors."""
    return Path(settings.ANCHORS) / f"journal-{connection.settings_dict['NAME']}.jsonl"


def read_anchors() -> tuple[list[Anchor], int]:
    """Return the anchors kept, in order, and how many lines of the file cannot be read."""
    path = anchor_file()
    if not path.is_file():
        return [], 0
    anchors, unreadable = [], 0
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            anchors.append(Anchor(**json.loads(line)))
        except (TypeError, ValueError):
            unreadable += 1
    return anchors, unreadable


def keep_anchors(anchors: list[Anchor]) -> None:
    """Append seals to the file, on the disk for good before returning, then hand each to the command."""
    path = anchor_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = [json.dumps(asdict(anchor), ensure_ascii=False) for anchor in anchors]
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(handle, "".join(f"{line}\n" for line in lines).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    for line in lines:
        _hand_to_command(line)


def _hand_to_command(line: str) -> None:
    """Give a line to `ARRIMAGE_ANCHOR_COMMAND`, on its standard input; its failure is logged, the file has the line."""
    if not settings.ANCHOR_COMMAND:
        return
    try:
        subprocess.run(
            shlex.split(settings.ANCHOR_COMMAND), input=f"{line}\n", text=True, timeout=COMMAND_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        logger.exception("the command of the anchors failed; the line is in %s", anchor_file())
