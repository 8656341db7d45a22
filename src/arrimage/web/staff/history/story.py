"""What became of a record and of what hangs on it, as sentences, by moment: as many queries whatever it tells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.restoring import past_value
from arrimage.accounts.rights import Actor
from arrimage.foundation.history import Change, Operation
from arrimage.foundation.writing import french_spaces
from arrimage.web.actors import actor_in_words
from arrimage.web.staff.history.kinds import KINDS, Kind
from arrimage.web.staff.history.words import Words, label_of


@dataclass(frozen=True)
class FieldChange:
    """One field: its name, its values in words; or `difference`, for answers that are counted and not shown."""

    label: str
    before: str = ""
    after: str = ""
    difference: str = ""
    restore_url: str = ""


@dataclass(frozen=True)
class Line:
    """What happened to one record: `verb` in words, which record (nothing for the page's own), its fields."""

    change: Change
    kind: Kind
    verb: str
    subject: str = ""
    fields: list[FieldChange] = field(default_factory=list)


@dataclass(frozen=True)
class Moment:
    """What one person did at once, and why; `address` only for those who may see it."""

    when: datetime
    who: str
    reason: str
    address: str
    lines: list[Line]


class Story:
    """The history of one record, for one person."""

    def __init__(self, actor: Actor, kind: Kind, record: Any) -> None:
        self.actor, self.kind, self.record = actor, kind, record
        self.kinds = [kind, *(KINDS[slug] for slug in kind.parts)]
        self.shows_address = actor.may(Right.MANAGE_ACCOUNTS) or actor.may(Right.MANAGE_PRIVACY)

    def changes(self) -> QuerySet[Change]:
        """Return the changes told, the last first. One query finds the parts."""
        told = Q(table_name=self.kind.table, record_id=self.record.pk)
        for table, keys in self._parts().items():
            told |= Q(table_name=table, record_id__in=keys)
        return Change.objects.filter(told)

    def _parts(self) -> dict[str, list[int]]:
        keys: defaultdict[str, list[int]] = defaultdict(list)
        rows = [
            KINDS[slug]
            .visible(self.actor)
            .filter(**{path: self.record.pk})
            .order_by()
            .values_list(Value(KINDS[slug].table, output_field=CharField()), "pk")
            for slug, path in self.kind.parts.items()
        ]
        if rows:
            for table, key in rows[0].union(*rows[1:], all=True):
                keys[table].append(key)
        return keys

    def moments(self, changes: Iterable[Change]) -> list[Moment]:
        """Return what these changes say, gathered by transaction and person: moments in the order given (the last
        first), what was done at once as it was done."""
        rows = list(changes)
        lines = self._lines(rows)
        return [
            Moment(when, actor_in_words(actor_id, name), reason, address if self.shows_address else "", list(group))
            for (when, actor_id, name, reason, address), group in (
                (key, [lines[change.pk] for change in group][::-1]) for key, group in groupby(rows, key=_moment_of)
            )
        ]

    def _lines(self, changes: list[Change]) -> dict[int, Line]:
        kinds = {kind.table: kind for kind in self.kinds}
        records = self._records(changes, kinds)
        words = Words(self.actor)
        words.gather(
            (told, kept)
            for change in changes
            for told, pair in _told(kinds[change.table_name], change)
            for kept in pair
        )
        return {
            change.pk: self._line(
                change, kinds[change.table_name], records.get((change.table_name, change.record_id)), words
            )
            for change in changes
        }

    def _records(self, changes: list[Change], kinds: dict[str, Kind]) -> dict[tuple[str, int], Any]:
        """Return the records spoken of, as they are now. One query a kind."""
        keys: defaultdict[str, set[int]] = defaultdict(set)
        for change in changes:
            keys[change.table_name].add(change.record_id)
        found = {(self.kind.table, self.record.pk): self.record}
        for table, wanted in keys.items():
            if table != self.kind.table:
                rows = kinds[table].visible(self.actor).select_related(*kinds[table].related).in_bulk(sorted(wanted))
                found |= {(table, key): record for key, record in rows.items()}
        return found

    def _line(self, change: Change, kind: Kind, record: Any, words: Words) -> Line:
        subject = ""
        if kind is not self.kind:
            name = kind.name(record) if record is not None else ""
            subject = french_spaces(f"{kind.label} « {name} »") if name else str(kind.label)
        fields = [
            self._field(change, kind, record, told, before, after, words)
            for told, (before, after) in _told(kind, change)
        ]
        if change.operation == Operation.INSERT:
            return Line(change, kind, _("a ajouté") if subject else _("a créé la fiche"), subject)
        if change.operation == Operation.DELETE:
            return Line(change, kind, _("a retiré") if subject else _("a retiré la fiche"), subject)
        verb = _("a changé") if fields else _("a changé un renseignement que le système tient lui-même")
        return Line(change, kind, verb, subject, fields)

    def _field(
        self, change: Change, kind: Kind, record: Any, told: Any, before: Any, after: Any, words: Words
    ) -> FieldChange:
        label = label_of(told)
        if isinstance(before, dict) or isinstance(after, dict):
            return FieldChange(label, difference=words.difference(before, after))
        url = ""
        if record is not None and kind.restored_by(self.actor, record, told.name) and differs(record, told, before):
            url = reverse("staff:history_restore", args=[kind.slug, record.uid, change.pk, told.name])
        return FieldChange(label, words.of(told, before), words.of(told, after), restore_url=url)


def differs(record: Any, told: Any, kept: Any) -> bool:
    """Say whether a past value is another than the one of today."""
    try:
        return bool(past_value(told, kept) != getattr(record, told.attname))
    except ValueError:
        return True


def _told(kind: Kind, change: Change) -> Iterator[tuple[Any, list[Any]]]:
    if change.operation == Operation.UPDATE:
        changed: dict[str, list[Any]] = change.changed or {}
        for column, told in kind.fields.items():
            if column in changed:
                yield told, changed[column]


def _moment_of(change: Change) -> tuple[datetime, int | None, str, str, str]:
    return change.happened_at, change.actor_id, change.actor_name, change.reason, change.address
