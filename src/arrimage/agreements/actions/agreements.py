"""An agreement: prepared, signed, closed or annulled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.agreements.enums import AGREEMENT_TRANSITIONS, AgreementStatus, InstalmentStatus
from arrimage.agreements.models import Agreement, Instalment
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, copy_with, lock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writing import write_money

BATCH = 1_000


@dataclass(frozen=True)
class Signature:
    """An agreement signed on a day (today when it is not given)."""

    agreement: Agreement
    on: date | None = None


def require_agreements(actor: Actor, region_ids: Iterable[int]) -> None:
    """Raise `NotAllowed` unless `actor` manages the agreements of all these regions."""
    require(actor, Right.MANAGE_AGREEMENTS)
    for region_id in set(region_ids):
        require(actor, Right.MANAGE_AGREEMENTS, region_id=region_id)


@action
def create_agreements(actor: Actor, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Save new agreements, in preparation or, for those kept elsewhere until now, already signed.

    Raises `Conflict` when a number is taken.
    """
    require_agreements(actor, [agreement.region_id for agreement in agreements])
    for agreement in agreements:
        _check(agreement)
    try:
        with transaction.atomic():
            return Agreement.objects.bulk_create(agreements, batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Ce numéro d’entente est déjà utilisé.")) from error


@action
def edit_agreements(actor: Actor, changes: Sequence[Change[Agreement]]) -> list[Agreement]:
    """Change agreements and return those that became different; a change of state follows the table of transitions.

    The committed amount never goes below the instalments planned and released.
    """
    require_agreements(actor, [change.record.region_id for change in changes])
    locked = lock(Agreement, [change.record.pk for change in changes])
    planned = _planned(locked.values())
    for change in changes:
        record = locked[change.record.pk]
        wanted = copy_with(record, change.values)
        if wanted.status != record.status:
            AGREEMENT_TRANSITIONS.check(record.status, wanted.status)
        _check(wanted)
        total = planned.get(record.pk, Decimal(0))
        if wanted.committed < total:
            raise InvalidInput(
                _("Le montant engagé ne peut pas descendre sous les versements prévus (%(total)s).")
                % {"total": write_money(total)},
                field="committed",
            )
    return apply_changes(Agreement, changes)


def sign_agreements(actor: Actor, items: Sequence[Signature]) -> list[Agreement]:
    """Sign agreements in preparation: from then on their money may be released."""
    return edit_agreements(
        actor,
        [
            Change(item.agreement, {"status": AgreementStatus.SIGNED, "signed_on": item.on or clock.today()})
            for item in items
        ],
    )


def close_agreements(actor: Actor, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Close signed agreements. Raises `InvalidInput` while an instalment is neither released nor withheld."""
    require_agreements(actor, [agreement.region_id for agreement in agreements])
    waiting = Instalment.objects.filter(agreement__in=agreements, status=InstalmentStatus.PLANNED)
    if waiting.exists():
        raise InvalidInput(_("Versez ou retenez d’abord les versements encore prévus."))
    return edit_agreements(actor, [Change(agreement, {"status": AgreementStatus.CLOSED}) for agreement in agreements])


def annul_agreements(actor: Actor, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Annul agreements. Raises `InvalidInput` when money was already released."""
    require_agreements(actor, [agreement.region_id for agreement in agreements])
    if Instalment.objects.filter(agreement__in=agreements, status=InstalmentStatus.RELEASED).exists():
        raise InvalidInput(_("De l’argent a déjà été versé : fermez l’entente au lieu de l’annuler."))
    return edit_agreements(actor, [Change(agreement, {"status": AgreementStatus.ANNULLED}) for agreement in agreements])


def _planned(agreements: Iterable[Agreement]) -> dict[int, Decimal]:
    rows = Instalment.objects.filter(agreement__in=[agreement.pk for agreement in agreements])
    return dict(rows.order_by().values("agreement").annotate(total=Sum("amount")).values_list("agreement", "total"))


def _check(agreement: Agreement) -> None:
    if not agreement.number.strip():
        raise InvalidInput(_("Donnez un numéro à l’entente."), field="number")
    if not agreement.title.strip():
        raise InvalidInput(_("Dites sur quoi porte l’entente."), field="title")
    if agreement.ends_on < agreement.starts_on:
        raise InvalidInput(_("La fin ne peut pas précéder le début."), field="ends_on")
    if agreement.committed < 0:
        raise InvalidInput(_("Un montant ne peut pas être négatif."), field="committed")
    if agreement.matched < 0:
        raise InvalidInput(_("Un montant ne peut pas être négatif."), field="matched")
    if agreement.status == AgreementStatus.DRAFT and agreement.signed_on:
        raise InvalidInput(_("Une entente en préparation n’a pas de date de signature."), field="signed_on")
    if agreement.status in (AgreementStatus.SIGNED, AgreementStatus.CLOSED):
        if agreement.signed_on is None:
            raise InvalidInput(_("Indiquez la date de signature."), field="signed_on")
        if agreement.signed_on > clock.today():
            raise InvalidInput(_("La date de signature ne peut pas être à venir."), field="signed_on")
