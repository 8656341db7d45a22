"""Sealing the read journal, and finding what was done to it since.

A seal closes a batch of rows: a keyed digest (HMAC-SHA256) of every column of every row, chained with the seal before.
The key (`ARRIMAGE_SEAL_KEY`) is never in the database, and each seal is also kept outside it (`anchors`). So whoever
alters a row and recomputes every digest they can reach is found: without the key, by the digests; with it, by the
anchors.

**No row is skipped.** Rows are numbered before their transaction commits, so a row of a transaction still open may
appear later *below* rows already sealed. A seal therefore names the very ids it holds (`spans`), and a later one takes
what appeared since in the gaps. How far back to look is bounded: each seal keeps its `horizon`, the number of the next
transaction when it was made (`pg_snapshot_xmax`, read *after* the rows); once every transaction below it has ended
(`pg_snapshot_xmin` has passed it), nothing can appear any more below that seal's last id, and a row there that no seal
holds was put there by somebody. A transaction takes its own number an instant after its row's: hence the hour of
patience. In a database restored elsewhere, transactions are counted anew: a horizon that has not been reached there is
past.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from arrimage.privacy.journal.anchors import Anchor, keep_anchors, read_anchors
from arrimage.privacy.journal.digests import MARK, Covered, row_digest, rows_between, seal_digest, spans_of
from arrimage.privacy.journal.models import Reading, Seal

MOST = 50_000  # rows in one seal
PATIENCE = timedelta(hours=1)
_LOCK = int.from_bytes(hashlib.sha256(b"arrimage journal seal").digest()[:8], "big", signed=True)


@dataclass
class Sealed:
    """What one run sealed."""

    seals: int = 0
    rows: int = 0
    anchors_added: int = 0


def seal(now: datetime | None = None) -> Sealed:
    """Seal every row that none holds yet, in the order of their ids; write the seals outside once they are committed.

    In a context that may read the whole journal (`accounts.context`). Two runs at once wait for one another. Seals that
    a run could not write outside (the disk was full) are written by the next.
    """
    now = now or timezone.now()
    done = Sealed()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        made = list(_seal_all(now))
        done.seals, done.rows = len(made), sum(each.count for each in made)
        missing = _not_anchored()
        done.anchors_added = len(missing)
        if missing:
            transaction.on_commit(partial(keep_anchors, missing))
    return done


def _seal_all(now: datetime) -> Iterator[Seal]:
    previous = Seal.objects.order_by("number").last()
    floor = final_up_to(now)
    recent = Seal.objects.filter(last_id__gt=floor).only("spans")
    covered = Covered(recent)
    last_id = Reading.objects.aggregate(last=Max("pk"))["last"] or 0
    rows = (row for row in rows_between(floor + 1, last_id) if row[0] not in covered)
    while batch := list(islice(rows, MOST)):
        horizon = _transactions()[1]  # after the rows: it can only be too careful
        previous = _seal_of(batch, previous, horizon, now)
        previous.save(force_insert=True)
        yield previous


def _seal_of(batch: list[tuple[Any, ...]], previous: Seal | None, horizon: int, now: datetime) -> Seal:
    digests = [row_digest(row) for row in batch]
    ids = [row[0] for row in batch]
    made = Seal(
        number=previous.number + 1 if previous else 1,
        first_id=ids[0],
        last_id=ids[-1],
        spans=[list(span) for span in spans_of(ids)],
        count=len(batch),
        marks=b"".join(digest[:MARK] for digest in digests),
        horizon=horizon,
        previous=previous.digest if previous else "",
        sealed_at=now,
    )
    made.digest = seal_digest(made, digests)
    return made


def final_up_to(now: datetime) -> int:
    """Return the id below which no row can appear any more (0 when nothing is known yet)."""
    oldest_open, following = _transactions()
    settled = Seal.objects.filter(sealed_at__lte=now - PATIENCE)
    passed = settled.filter(horizon__lte=oldest_open) | settled.filter(horizon__gt=following)
    # Seals in order: one whose horizon is not past holds back those after it, whose rows may interleave with its own.
    held_back = settled.exclude(pk__in=passed.values("pk")).order_by("number").values_list("number", flat=True).first()
    if held_back is not None:
        passed = passed.filter(number__lt=held_back)
    return passed.aggregate(last=Max("last_id"))["last"] or 0


def _transactions() -> tuple[int, int]:
    """Return the number of the oldest open transaction, and that of the next to begin."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint from pg_current_snapshot() s"
        )
        oldest_open, following = cursor.fetchone()
    return oldest_open, following


def _not_anchored() -> list[Anchor]:
    """Return the last seals, those after the last one kept outside."""
    anchors, _unreadable = read_anchors()
    last = max((anchor.number for anchor in anchors), default=0)
    return [anchor_of(each) for each in Seal.objects.filter(number__gt=last).order_by("number")]


def anchor_of(made: Seal) -> Anchor:
    return Anchor(
        number=made.number,
        first_id=made.first_id,
        last_id=made.last_id,
        count=made.count,
        digest=made.digest,
        previous=made.previous,
        sealed_at=made.sealed_at.isoformat(),
    )


@dataclass
class Unsealed:
    """The rows that no seal holds yet."""

    rows: int = 0
    since: datetime | None = None
    behind: list[int] = field(default_factory=list)  # ids put where no row can appear any more


def unsealed(now: datetime | None = None) -> Unsealed:
    """Return what is not sealed: how many rows, the oldest one's time; and those that came where none can."""
    floor = final_up_to(now or timezone.now())
    covered = Covered(Seal.objects.only("spans"))
    found = Unsealed()
    for each, happened_at in (
        Reading.objects.order_by("pk").values_list("pk", "happened_at").iterator(chunk_size=10_000)
    ):
        if each in covered:
            continue
        if each <= floor:
            found.behind.append(each)
        else:
            found.rows += 1
            found.since = min(found.since or happened_at, happened_at)
    return found
