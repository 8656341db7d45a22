"""The life of an accompaniment. Every change locks the row, follows the table of transitions and leaves an event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.employers.actions.employers import BATCH, require_employers
from arrimage.employers.enums import ACCOMPANIMENT_TRANSITIONS, ENDED, AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment, AccompanimentEvent, Employer
from arrimage.employers.queries import advisors_of
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, copy_with, lock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.writing import write_long_date

_S = AccompanimentStatus


@dataclass(frozen=True)
class NewRequest:
    """What an employer asks help with. Region: where the help is given, the employer's own by default."""

    employer: Employer
    subject: str
    request: str = ""
    on: date | None = None
    region_id: int | None = None


@dataclass(frozen=True)
class TakenInCharge:
    """An accompaniment that an advisor (the actor when None) answers for from a day on (today when None)."""

    accompaniment: Accompaniment
    advisor: User | None = None
    on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Ended:
    """An accompaniment that is over: how (one of `ENDED`), when (today when None), and why."""

    accompaniment: Accompaniment
    status: str
    on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class AccompanimentChange(Change[Accompaniment]):
    """The fields to set on an accompaniment; `note` says why, in the event of a change of state."""

    note: str = ""


@action
def request_accompaniments(actor: Actor, items: Sequence[NewRequest]) -> list[Accompaniment]:
    """Record requests, made by an employer's people for their own or noted by an advisor.

    Raises `Conflict` when the employer asked the same thing the same day.
    """
    accompaniments = [
        Accompaniment(
            employer=item.employer,
            region_id=item.region_id or item.employer.region_id,
            subject=item.subject,
            request=item.request.strip(),
            requested_on=item.on or clock.today(),
        )
        for item in items
    ]
    if actor.may(Right.SEE_OWN_EMPLOYER):
        if any(one.employer_id != actor.scope_id for one in accompaniments):
            raise NotAllowed(_("Cette demande concerne une autre entreprise."))
    else:
        require_employers(actor, [one.region_id for one in accompaniments])
    return _create(actor, accompaniments)


@action
def record_accompaniments(actor: Actor, accompaniments: Sequence[Accompaniment]) -> list[Accompaniment]:
    """Save accompaniments kept elsewhere until now, in any state, with the events their dates tell."""
    require_employers(actor, [one.region_id for one in accompaniments])
    return _create(actor, accompaniments)


def take_charge(actor: Actor, items: Sequence[TakenInCharge]) -> list[Accompaniment]:
    """Take requests in charge, each by an advisor of its region."""
    require_employers(actor, [item.accompaniment.region_id for item in items])
    advisors: dict[tuple[int, date], set[int]] = {}
    changes = []
    for item in items:
        on = item.on or clock.today()
        advisor_id = item.advisor.pk if item.advisor else actor.user_id
        place = item.accompaniment.region_id, on
        if place not in advisors:
            advisors[place] = set(advisors_of(*place).values_list("pk", flat=True))
        if advisor_id not in advisors[place]:
            raise InvalidInput(_("Choisissez une conseillère ou un conseiller de cette région."), field="advisor")
        values = {"status": _S.IN_CHARGE, "advisor_id": advisor_id, "in_charge_on": on}
        changes.append(AccompanimentChange(item.accompaniment, values, note=item.note))
    return _advance(actor, changes)


def end_accompaniments(actor: Actor, items: Sequence[Ended]) -> list[Accompaniment]:
    """End accompaniments: done, done without help, unreachable or not for us; the last two say why."""
    require_employers(actor, [item.accompaniment.region_id for item in items])
    changes = []
    for item in items:
        if item.status not in ENDED:
            raise InvalidInput(_("Choisissez comment l’accompagnement se termine."), field="status")
        if item.status in (_S.NOT_FOR_US, _S.UNREACHABLE) and not item.note.strip():
            raise InvalidInput(_("Dites pourquoi, en quelques mots."), field="note")
        values = {"status": _S(item.status), "ended_on": item.on or clock.today()}
        changes.append(AccompanimentChange(item.accompaniment, values, note=item.note))
    return _advance(actor, changes)


@action
def edit_accompaniments(actor: Actor, changes: Sequence[AccompanimentChange]) -> list[Accompaniment]:
    """Change accompaniments and return those that became different; states follow the table of transitions.

    A request that was taken in charge *and* done since passes through both states, on their own dates.
    """
    locked = lock(Accompaniment, [change.record.pk for change in changes])
    require_employers(actor, [accompaniment.region_id for accompaniment in locked.values()])
    between: list[Change[Accompaniment]] = []
    events = []
    for change in changes:
        record = locked[change.record.pk]
        wanted = copy_with(record, change.values)
        before = record.status
        if before == _S.REQUESTED and wanted.status == _S.DONE and wanted.in_charge_on and wanted.advisor_id:
            step = {"status": _S.IN_CHARGE, "advisor_id": wanted.advisor_id, "in_charge_on": wanted.in_charge_on}
            between.append(Change(record, step))
            events.append(_event(actor, wanted, before, _S.IN_CHARGE, wanted.in_charge_on))
            before = _S.IN_CHARGE
        if wanted.status != before:
            ACCOMPANIMENT_TRANSITIONS.check(before, wanted.status)
            on = wanted.ended_on or wanted.in_charge_on or clock.today()
            events.append(_event(actor, wanted, before, wanted.status, on, change.note))
        _check(wanted)
    apply_changes(Accompaniment, between)
    changed = apply_changes(Accompaniment, changes)
    AccompanimentEvent.objects.bulk_create(events, batch_size=BATCH)
    return changed


def _advance(actor: Actor, changes: Sequence[AccompanimentChange]) -> list[Accompaniment]:
    """Change states, each of which must be another than before."""
    for change in changes:
        ACCOMPANIMENT_TRANSITIONS.check(change.record.status, change.values["status"])
    changed = {one.pk: one for one in edit_accompaniments(actor, changes)}
    if any(change.record.pk not in changed for change in changes):
        raise Conflict(_("Quelqu’un d’autre vient de changer l’état de cet accompagnement."))
    return [changed[change.record.pk] for change in changes]


def _create(actor: Actor, accompaniments: Sequence[Accompaniment]) -> list[Accompaniment]:
    for accompaniment in accompaniments:
        _check(accompaniment)
    try:
        with transaction.atomic():
            Accompaniment.objects.bulk_create(accompaniments, batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Cette demande a déjà été enregistrée ce jour-là.")) from error
    events = [event for one in accompaniments for event in _history(actor, one)]
    AccompanimentEvent.objects.bulk_create(events, batch_size=BATCH)
    return list(accompaniments)


def _history(actor: Actor, accompaniment: Accompaniment) -> Iterable[AccompanimentEvent]:
    """Yield the events that the dates of an accompaniment tell."""
    yield _event(actor, accompaniment, "", _S.REQUESTED, accompaniment.requested_on)
    before = _S.REQUESTED
    if accompaniment.in_charge_on:
        yield _event(actor, accompaniment, before, _S.IN_CHARGE, accompaniment.in_charge_on)
        before = _S.IN_CHARGE
    if accompaniment.ended_on:
        yield _event(actor, accompaniment, before, accompaniment.status, accompaniment.ended_on)


def _event(
    actor: Actor, accompaniment: Accompaniment, before: str, after: str, on: date, note: str = ""
) -> AccompanimentEvent:
    fields: dict[str, Any] = {"accompaniment": accompaniment, "note": note.strip(), "happened_at": _moment_of(on)}
    return AccompanimentEvent.of(actor, before, after, **fields)


def _moment_of(day: date) -> datetime:
    """Return when something of that day happened: now for today, noon for another day."""
    return clock.now() if day == clock.today() else clock.at(day, 12)


def _check(accompaniment: Accompaniment) -> None:
    """Raise `InvalidInput` for a record whose state and dates do not agree; `field` names the one to mend."""
    one = accompaniment
    if one.subject not in AccompanimentSubject.values:
        raise InvalidInput(_("Choisissez un sujet."), field="subject")
    if one.status in (_S.IN_CHARGE, _S.DONE):
        if one.in_charge_on is None:
            raise InvalidInput(_("Indiquez la date de prise en charge."), field="in_charge_on")
        if one.advisor_id is None:
            raise InvalidInput(_("Indiquez qui a pris la demande en charge."), field="advisor")
    if one.status == _S.REQUESTED and one.in_charge_on:
        raise InvalidInput(_("Une demande prise en charge n’est plus à l’état « Demandé »."), field="in_charge_on")
    if (one.status in ENDED) != (one.ended_on is not None):
        message = (
            _("Indiquez la date de fin.")
            if one.status in ENDED
            else _("Un accompagnement en cours n’a pas de date de fin.")
        )
        raise InvalidInput(message, field="ended_on")
    earlier = None
    for field in ("requested_on", "in_charge_on", "ended_on"):
        day: date | None = getattr(one, field)
        if day is None:
            continue
        if day > clock.today():
            raise InvalidInput(_("La date ne peut pas être à venir."), field=field)
        if earlier and day < earlier:
            raise InvalidInput(
                _("La date ne peut pas précéder le %(first)s.") % {"first": write_long_date(earlier)}, field=field
            )
        earlier = day
