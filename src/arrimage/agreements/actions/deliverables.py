"""What an agreement promises."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.agreements.actions.agreements import BATCH, require_agreements
from arrimage.agreements.enums import AgreementStatus
from arrimage.agreements.models import Agreement, Deliverable
from arrimage.foundation.changes import Change, apply_changes, lock
from arrimage.foundation.errors import Conflict, InvalidInput, TransitionNotAllowed


@action
def promise_deliverables(actor: Actor, deliverables: Sequence[Deliverable]) -> list[Deliverable]:
    """Save new deliverables. Region: the agreement's. A service and a measure are promised once an agreement."""
    agreements = lock(Agreement, [deliverable.agreement_id for deliverable in deliverables])
    require_agreements(actor, [agreement.region_id for agreement in agreements.values()])
    for deliverable in deliverables:
        agreement = agreements[deliverable.agreement_id]
        if agreement.status == AgreementStatus.ANNULLED:
            raise TransitionNotAllowed(_("Cette entente est annulée : rien ne peut y être prévu."))
        deliverable.region_id = agreement.region_id
        _check(deliverable.target)
    try:
        with transaction.atomic():
            return Deliverable.objects.bulk_create(deliverables, batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Cette entente a déjà un livrable qui compte la même chose pour ce service.")) from error


@action
def edit_deliverables(actor: Actor, changes: Sequence[Change[Deliverable]]) -> list[Deliverable]:
    """Change deliverables and return those that became different."""
    require_agreements(actor, [change.record.region_id for change in changes])
    for change in changes:
        _check(change.values.get("target", change.record.target))
    return apply_changes(Deliverable, changes)


def _check(target: int) -> None:
    if target <= 0:
        raise InvalidInput(_("La cible doit être plus grande que zéro."), field="target")
