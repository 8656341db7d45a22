"""What a request asks: a page, its size, and how the list is narrowed. Anything else in its words is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput

T = TypeVar("T")
PER_PAGE, MOST_PER_PAGE, MOST_MINIMAL = 50, 500, 100_000
_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Asked:
    """One request for a list. Identifiers and dates are typed; None is what was not asked."""

    page: int
    per_page: int
    search: str
    taxonomy_term: UUID | None
    taxonomy: UUID | None
    organization: UUID | None
    parent: UUID | None
    modified_after: datetime | None
    minimal: bool
    full: bool
    full_service: bool
    top_only: bool


def asked(query: Mapping[str, Any]) -> Asked:
    """Read the parameters of an address. Raises `InvalidInput`, with the parameter, for what it cannot be."""
    if query.get("format", "json") != "json":
        raise InvalidInput(_("La seule forme offerte est json."), field="format")
    for unknown in ("postcode", "proximity"):
        if query.get(unknown):
            raise InvalidInput(_("Cette recherche n’est pas offerte ici."), field=unknown)
    minimal = _read(query, "minimal", _truth, default=False)
    return Asked(
        page=_read(query, "page", _from_one(10**6), default=1),
        per_page=_read(
            query,
            "per_page",
            _from_one(MOST_MINIMAL if minimal else MOST_PER_PAGE),
            default=MOST_MINIMAL if minimal else PER_PAGE,
        ),
        search=_read(query, "search", _words, default=""),
        taxonomy_term=_read(query, "taxonomy_term_id", UUID, default=None),
        taxonomy=_read(query, "taxonomy_id", UUID, default=None),
        organization=_read(query, "organization_id", UUID, default=None),
        parent=_read(query, "parent_id", UUID, default=None),
        modified_after=_read(query, "modified_after", _instant, default=None),
        minimal=minimal,
        full=_read(query, "full", _truth, default=False),
        full_service=_read(query, "full_service", _truth, default=False),
        top_only=_read(query, "top_only", _truth, default=False),
    )


def _read(query: Mapping[str, Any], name: str, read: Callable[[str], T], *, default: T) -> T:
    written = query.get(name)
    if written in (None, ""):
        return default
    try:
        return read(str(written))
    except ValueError as error:
        raise InvalidInput(_("Cette valeur n’est pas admise."), field=name) from error


def _from_one(most: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        number = int(written)
        if not 1 <= number <= most:
            raise ValueError(written)
        return number

    return read


def _truth(written: str) -> bool:
    if written.lower() not in ("true", "false", "1", "0"):
        raise ValueError(written)
    return written.lower() in ("true", "1")


def _words(written: str) -> str:
    if len(written) > _LONGEST_SEARCH or "\x00" in written:
        raise ValueError(written)
    return written


def _instant(written: str) -> datetime:
    instant = datetime.fromisoformat(written.replace(" ", "+"))  # a « + » of an address reads as a space
    return instant if instant.tzinfo else timezone.make_aware(instant)
