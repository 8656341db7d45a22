"""What is known of persons besides who they are: added, edited and removed, in bulk as one by one.

The same actions serve names, languages, French, schooling, occupations and statuses; each call is about one model.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, lock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.models import Record
from arrimage.people.actions.persons import refresh_search_keys
from arrimage.people.actions.refusals import refused_in_words
from arrimage.people.models import FrenchLevel, Person, PersonName, PersonStatus
from arrimage.people.reach import require_accompanied

BATCH = 1_000
D = TypeVar("D", bound=Record)


@action
def add_details(actor: Actor, records: Sequence[D]) -> list[D]:
    """Write new details of persons the actor accompanies. Raises `InvalidInput` for what a constraint refuses."""
    if not records:
        return []
    model = type(records[0])
    persons = _lock_persons(actor, records)
    for record in records:
        _check(record)
    with refused_in_words():
        model._default_manager.bulk_create(records, batch_size=BATCH)
    _follow(model, persons)
    return list(records)


@action
def edit_details(actor: Actor, changes: Sequence[Change[D]]) -> list[D]:
    """Write changes of details, and return those that became different.

    Raises `Conflict` for another version than the one read, or a detail removed meanwhile.
    """
    model = type(changes[0].record)
    persons = _lock_persons(actor, [change.record for change in changes])
    _still_there(model, [change.record for change in changes])
    with refused_in_words():
        changed = apply_changes(model, changes)
    for record in changed:
        _check(record)
    _follow(model, persons)
    return changed


@action
def remove_detail(actor: Actor, record: Record, *, version: int) -> None:
    """Remove a detail that was written by mistake; the history keeps it."""
    model = type(record)
    persons = _lock_persons(actor, [record])
    if _still_there(model, [record])[record.pk].version != version:
        raise Conflict(_("Ce renseignement a été modifié entre-temps. Relisez la fiche avant de le retirer."))
    model._default_manager.filter(pk=record.pk).delete()
    _follow(model, persons)


@action
def change_status(actor: Actor, status: PersonStatus, *, replaces: bool) -> PersonStatus:
    """Write a new status (not saved yet). It `replaces` those in force on its first day: they end on the eve.

    Raises `InvalidInput` when one of them began on that very day: it is to be corrected, it did not change.
    """
    _lock_persons(actor, [status])
    if replaces:
        live = PersonStatus.objects.select_for_update().filter(person_id=status.person_id)
        for former in live.filter(starts_on__lte=status.starts_on):
            if former.ends_on is not None and former.ends_on < status.starts_on:
                continue
            if former.starts_on == status.starts_on:
                raise InvalidInput(
                    _("Le statut « %(status)s » commence ce jour-là : corrigez-le plutôt.") % {"status": former},
                    field="starts_on",
                )
            former.ends_on = status.starts_on - timedelta(days=1)
            former.save()
    with refused_in_words():
        status.save(force_insert=True)
    return status


def _lock_persons(actor: Actor, records: Collection[Any]) -> list[Person]:
    """Check the right, then hold the persons: two who write the details of one person do it one after the other."""
    keys = {int(record.person_id) for record in records}
    require_accompanied(actor, keys)
    return list(lock(Person, sorted(keys)).values())


def _still_there(model: type[D], records: Sequence[D]) -> dict[int, D]:
    found = lock(model, [record.pk for record in records])
    if len(found) != len({record.pk for record in records}):
        raise Conflict(_("Ce renseignement a été retiré entre-temps."))
    return found


def _check(record: Record) -> None:
    """Raise `InvalidInput` for a day to come."""
    day: date | None = record.assessed_on if isinstance(record, FrenchLevel) else None
    if day is not None and day > clock.today():
        raise InvalidInput(_("Cette date est à venir."), field="assessed_on")


def _follow(model: type[Record], persons: Sequence[Person]) -> None:
    if model is PersonName:
        refresh_search_keys(persons)
