"""Instalments: planned within the committed amount, released on a condition, or withheld."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.agreements.actions.agreements import BATCH, require_agreements
from arrimage.agreements.enums import BINDING, INSTALMENT_TRANSITIONS, AgreementStatus, InstalmentStatus
from arrimage.agreements.models import Agreement, Instalment
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, copy_with, lock
from arrimage.foundation.errors import Conflict, InvalidInput, TransitionNotAllowed
from arrimage.foundation.writing import write_money


@dataclass(frozen=True)
class Release:
    """An instalment released on a day (today when it is not given); `condition_met` says its condition was checked."""

    instalment: Instalment
    on: date | None = None
    condition_met: bool = False


@action
def plan_instalments(actor: Actor, instalments: Sequence[Instalment]) -> list[Instalment]:
    """Save new instalments; one without a `sequence` comes after the last of its agreement. Region: the agreement's.

    Raises `InvalidInput` when an agreement's instalments would pass its committed amount.
    """
    agreements = lock(Agreement, [instalment.agreement_id for instalment in instalments])
    require_agreements(actor, [agreement.region_id for agreement in agreements.values()])
    _rank(instalments)
    for instalment in instalments:
        agreement = agreements[instalment.agreement_id]
        instalment.region_id = agreement.region_id
        _check(instalment, agreement)
    try:
        with transaction.atomic():
            Instalment.objects.bulk_create(instalments, batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Cette entente a déjà un versement de ce rang.")) from error
    _check_totals(agreements.values())
    return list(instalments)


@action
def edit_instalments(actor: Actor, changes: Sequence[Change[Instalment]]) -> list[Instalment]:
    """Change instalments and return those that became different; a change of state follows the table of transitions."""
    agreements = lock(Agreement, [change.record.agreement_id for change in changes])
    require_agreements(actor, [agreement.region_id for agreement in agreements.values()])
    locked = lock(Instalment, [change.record.pk for change in changes])
    for change in changes:
        record = locked[change.record.pk]
        wanted = copy_with(record, change.values)
        if wanted.status != record.status:
            INSTALMENT_TRANSITIONS.check(record.status, wanted.status)
        if record.status == InstalmentStatus.RELEASED and wanted.amount != record.amount:
            raise InvalidInput(_("Un versement déjà fait ne change plus de montant."), field="amount")
        _check(wanted, agreements[record.agreement_id])
    changed = apply_changes(Instalment, changes)
    _check_totals(agreements.values())
    return changed


def release_instalments(actor: Actor, items: Sequence[Release]) -> list[Instalment]:
    """Release planned instalments of agreements in force: once each, the condition checked, in the actor's name."""
    require_agreements(actor, [item.instalment.region_id for item in items])
    for item in items:
        if item.instalment.condition and not item.condition_met:
            raise InvalidInput(
                _("Confirmez que la condition est remplie : %(condition)s.")
                % {"condition": item.instalment.condition.rstrip(".")},
                field="condition_met",
            )
    changes: list[Change[Instalment]] = []
    for item in items:
        values: dict[str, Any] = {
            "status": InstalmentStatus.RELEASED,
            "released_on": item.on or clock.today(),
            "released_by_id": actor.user_id,
        }
        changes.append(Change(item.instalment, values))
    released = edit_instalments(actor, changes)
    if len(released) != len({item.instalment.pk for item in items}):
        raise Conflict(_("Ce versement vient d’être autorisé par quelqu’un d’autre."))
    return released


def withhold_instalments(actor: Actor, instalments: Sequence[Instalment]) -> list[Instalment]:
    """Hold planned instalments back until they are resumed."""
    return edit_instalments(actor, [Change(one, {"status": InstalmentStatus.WITHHELD}) for one in instalments])


def resume_instalments(actor: Actor, instalments: Sequence[Instalment]) -> list[Instalment]:
    """Plan again instalments that were held back."""
    return edit_instalments(actor, [Change(one, {"status": InstalmentStatus.PLANNED}) for one in instalments])


def _rank(instalments: Sequence[Instalment]) -> None:
    rows = Instalment.objects.filter(agreement__in={one.agreement_id for one in instalments}).order_by()
    last = dict(rows.values("agreement").annotate(last=Max("sequence")).values_list("agreement", "last"))
    for instalment in instalments:
        if not instalment.sequence:
            instalment.sequence = last.get(instalment.agreement_id, 0) + 1
        last[instalment.agreement_id] = max(last.get(instalment.agreement_id, 0), instalment.sequence)


def _check(instalment: Instalment, agreement: Agreement) -> None:
    if instalment.amount <= 0:
        raise InvalidInput(_("Le montant doit être plus grand que zéro."), field="amount")
    if instalment.status == InstalmentStatus.PLANNED and agreement.status == AgreementStatus.ANNULLED:
        raise TransitionNotAllowed(_("Cette entente est annulée : rien ne peut y être prévu."))
    if instalment.status != InstalmentStatus.RELEASED:
        if instalment.released_on:
            raise InvalidInput(_("Seul un versement fait porte une date de versement."), field="released_on")
        return
    if agreement.status not in BINDING:
        raise TransitionNotAllowed(_("L’entente n’est pas signée : aucun versement n’est possible."))
    if instalment.released_on is None:
        raise InvalidInput(_("Indiquez la date du versement."), field="released_on")
    if instalment.released_on > clock.today():
        raise InvalidInput(_("La date du versement ne peut pas être à venir."), field="released_on")
    if agreement.signed_on and instalment.released_on < agreement.signed_on:
        raise InvalidInput(_("Le versement ne peut pas précéder la signature de l’entente."), field="released_on")


def _check_totals(agreements: Iterable[Agreement]) -> None:
    """Raise `InvalidInput` when the instalments of a locked agreement pass its committed amount."""
    by_key = {agreement.pk: agreement for agreement in agreements}
    totals = (
        Instalment.objects.filter(agreement__in=by_key).order_by().values("agreement").annotate(total=Sum("amount"))
    )
    for key, total in totals.values_list("agreement", "total"):
        agreement = by_key[key]
        if Decimal(total) > agreement.committed:
            raise InvalidInput(
                _("Les versements de l’entente %(number)s (%(total)s) dépasseraient le montant engagé (%(committed)s).")
                % {
                    "number": agreement.number,
                    "total": write_money(total),
                    "committed": write_money(agreement.committed),
                },
                field="amount",
            )
