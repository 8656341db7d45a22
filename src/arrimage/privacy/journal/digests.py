"""The keyed digests of the journal's rows and seals. The key comes from the settings and never enters the database."""

import hashlib
import hmac
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from arrimage.privacy.journal.models import Reading, Seal

MARK = 8  # bytes of each row's digest kept with the seal
Span = tuple[int, int]

# Every column of a row, in an order that never changes: a column added later goes at the end.
COLUMNS = (
    "id", "happened_at", "user_id", "name", "role", "region_id", "service_point_id", "organisation_id", "person_id",
    "what", "kind", "object_uid", "basis", "address", "break_glass_id",
)  # fmt: skip


def rows_between(first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows whose id is from `first` to `last`, in order, as `COLUMNS`."""
    rows = Reading.objects.filter(pk__gte=first, pk__lte=last).order_by("pk", "happened_at").values_list(*COLUMNS)
    yield from rows.iterator(chunk_size=5000)


def canonical(row: Sequence[Any]) -> bytes:
    """Return a row as one text that two different rows never share."""
    return json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, int) else str(value)


def row_digest(row: Sequence[Any]) -> bytes:
    return hmac.new(settings.SEAL_KEY, b"row\0" + canonical(row), hashlib.sha256).digest()


def seal_digest(seal: Seal, digests: Iterable[bytes]) -> str:
    """Return the digest of a seal over what it says of itself, the seal before, and its rows' digests."""
    head = [
        seal.number, seal.first_id, seal.last_id, [list(span) for span in seal.spans], seal.count, seal.horizon,
        seal.previous, _plain(seal.sealed_at), bytes(seal.marks).hex(),
    ]  # fmt: skip
    made = hmac.new(settings.SEAL_KEY, b"seal\0", hashlib.sha256)
    made.update(json.dumps(head, separators=(",", ":")).encode())
    for digest in digests:
        made.update(digest)
    return made.hexdigest()


def spans_of(ids: Iterable[int]) -> list[Span]:
    """Return ascending ids as the fewest pairs first-last."""
    spans: list[Span] = []
    for each in ids:
        if spans and spans[-1][1] == each - 1:
            spans[-1] = (spans[-1][0], each)
        else:
            spans.append((each, each))
    return spans


class Covered:
    """Ids held by some seals."""

    def __init__(self, seals: Iterable[Seal]) -> None:
        self.ends = sorted((first, last) for seal in seals for first, last in seal.spans)
        self._starts = [first for first, _last in self.ends]

    def __contains__(self, each: int) -> bool:
        place = bisect_right(self._starts, each) - 1
        return place >= 0 and self.ends[place][1] >= each
