"""Who merges whom, and which merges are seen."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet, Value

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.people.merging.registry import moved_tables
from arrimage.people.merging.rules import UNDONE_WITHIN_DAYS
from arrimage.people.models import Person, PersonMerge


def merging_persons_visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the records of persons that `actor` may merge, or tell apart after: their region's, merged or not."""
    if not actor.may(Right.SETTLE_DUPLICATES):
        return Person.objects.none()
    persons = Person.objects.all()
    return persons if actor.region_id is None else persons.filter(region_id=actor.region_id)


def merges_visible_to(actor: Actor) -> QuerySet[PersonMerge]:
    """Return the merges `actor` may read and undo: their region's."""
    if not actor.may(Right.SETTLE_DUPLICATES):
        return PersonMerge.objects.none()
    merges = PersonMerge.objects.select_related("survivor", "absorbed", "merged_by", "undone_by")
    return merges if actor.region_id is None else merges.filter(region_id=actor.region_id)


def merges_to_undo(actor: Actor) -> QuerySet[PersonMerge]:
    """Return the merges `actor` may still undo."""
    since = clock.at(clock.today() - timedelta(days=UNDONE_WITHIN_DAYS), 0)
    return merges_visible_to(actor).filter(undone_at__isnull=True, merged_at__gte=since)


@dataclass(frozen=True)
class Counted:
    """How many rows of one kind hang on a record."""

    label: str
    count: int


def what_will_move(absorbed: Person) -> list[Counted]:
    """Return by kind how many rows would follow a merge; of kinds that have any. One query."""
    tables = moved_tables()
    counts = [
        table.model._base_manager.filter(**{column: absorbed})
        .order_by()
        .annotate(of_table=Value(rank))
        .values("of_table")
        .annotate(of_rows=Count("pk"))
        .values_list("of_table", "of_rows")
        for rank, table in enumerate(tables)
        for column in table.columns
    ]
    found: Counter[int] = Counter()
    with elevated():
        for rank, count in counts[0].union(*counts[1:], all=True):
            found[rank] += count
    return [Counted(table.label, found[rank]) for rank, table in enumerate(tables) if found[rank]]
