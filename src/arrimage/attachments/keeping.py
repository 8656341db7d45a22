"""Looking after the files: changing the keys, finding what is missing, altered or nobody's."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from arrimage.accounts.context import acting_as
from arrimage.attachments import keys, storage
from arrimage.attachments.cipher import sealed_size
from arrimage.attachments.enums import AttachmentState
from arrimage.attachments.errors import ContentUnreadable
from arrimage.attachments.models import Attachment
from arrimage.attachments.rollback import KEEPER
from arrimage.foundation.writes import update_rows

BATCH = 500
IN_DOUBT = 60 * 60  # seconds: a younger file may belong to a transaction that is still open


@dataclass
class Rotation:
    """What a change of keys did: how many files' keys were wrapped anew, which attachments' keys do not open."""

    done: int = 0
    refused: list[tuple[Attachment, str]] = field(default_factory=list)


def rotate() -> Rotation:
    """Wrap every file's key under the current key, 500 at a time; each batch is saved, so it may be interrupted.

    The files themselves are not touched. Once nothing is refused, the older keys can be dropped.
    """
    result, after = Rotation(), 0
    while True:
        with acting_as(KEEPER, reason="rotation"):
            batch = list(
                _stored()
                .exclude(key_id=keys.current_key_id())
                .filter(pk__gt=after)
                .select_for_update(of=("self",))[:BATCH]
            )
            if not batch:
                return result
            changed = []
            for attachment in batch:
                try:
                    key = keys.unwrap(keys.WrappedKey(attachment.key_id, bytes(attachment.wrapped_key)), attachment.uid)
                except ContentUnreadable as error:
                    result.refused.append((attachment, str(error)))
                    continue
                wrapped = keys.wrap(key, attachment.uid)
                attachment.key_id, attachment.wrapped_key = wrapped.key_id, wrapped.sealed
                changed.append(attachment)
            update_rows(Attachment, changed, ["key_id", "wrapped_key"])
        result.done += len(changed)
        after = batch[-1].pk


@dataclass
class Finding:
    """What a check found: `unreadable` are attachments with the reason; `strays` files that belong to nothing kept."""

    checked: int = 0
    unreadable: list[tuple[Attachment, str]] = field(default_factory=list)
    strays: list[Path] = field(default_factory=list)


def check(*, contents: bool = False) -> Finding:
    """Compare the files with the rows; with `contents`, read every file whole, as serving it would."""
    found = Finding()
    with acting_as(KEEPER):
        for attachment in _stored().iterator(chunk_size=BATCH):
            found.checked += 1
            reason = _wrong(attachment, contents=contents)
            if reason:
                found.unreadable.append((attachment, reason))
        found.strays = list(_strays(storage.stored_files()))
    return found


def remove_strays(paths: Iterable[Path]) -> int:
    """Remove files that belong to nothing; return how many."""
    count = 0
    for path in paths:
        path.unlink(missing_ok=True)
        count += 1
    return count


def missing_keys() -> set[str]:
    """Return the names of keys that attachments need and the installation does not have."""
    with acting_as(KEEPER):
        needed = set(_stored().order_by().values_list("key_id", flat=True).distinct())
    return needed - keys.keyring().keys()


def _stored() -> "QuerySet[Attachment]":
    return Attachment.objects.filter(state=AttachmentState.STORED).order_by("pk")


def _wrong(attachment: Attachment, *, contents: bool) -> str:
    """Return what is wrong with the file of an attachment, in words; nothing when all is well."""
    try:
        if contents:
            storage.verify(attachment)
            return ""
        size = storage.path_of(attachment.uid).stat().st_size
    except ContentUnreadable as error:
        return str(error)
    except OSError as error:
        return f"fichier introuvable ({error.strerror})"
    return "" if size == sealed_size(attachment.size) else "fichier altéré ou coupé"


def _strays(files: Iterator[tuple[Path, UUID | None]]) -> Iterator[Path]:
    """Yield, by batches, the files that no kept attachment owns and that are old enough to be nobody's."""
    batch: dict[UUID, Path] = {}
    for path, uid in files:
        if time.time() - path.stat().st_mtime < IN_DOUBT:
            continue
        if uid is None:
            yield path
            continue
        batch[uid] = path
        if len(batch) == BATCH:
            yield from _unowned(batch)
            batch = {}
    yield from _unowned(batch)


def _unowned(files: dict[UUID, Path]) -> list[Path]:
    kept = set(_stored().filter(uid__in=files).values_list("uid", flat=True))
    return [path for uid, path in files.items() if uid not in kept]
