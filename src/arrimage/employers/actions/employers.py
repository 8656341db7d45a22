"""Registering employers and keeping their facts."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.employers.models import Employer
from arrimage.employers.rules import is_neq
from arrimage.foundation.changes import Change, apply_changes, copy_with
from arrimage.foundation.errors import Conflict, InvalidInput

BATCH = 1_000


@action
def register_employers(actor: Actor, employers: Sequence[Employer]) -> list[Employer]:
    """Save new employers, each known by a valid NEQ and an e-mail. Raises `Conflict` when a NEQ is registered."""
    require_employers(actor, [employer.region_id for employer in employers])
    for employer in employers:
        _check(employer)
    try:
        with transaction.atomic():
            return Employer.objects.bulk_create(employers, batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Un employeur de ce NEQ est déjà inscrit.")) from error


@action
def edit_employers(actor: Actor, changes: Sequence[Change[Employer]]) -> list[Employer]:
    """Change employers and return those that became different. The NEQ never changes."""
    require_employers(actor, [change.record.region_id for change in changes])
    for change in changes:
        if change.values.get("neq", change.record.neq) != change.record.neq:
            raise InvalidInput(_("Le NEQ ne change pas : inscrivez un nouvel employeur."), field="neq")
        _check(copy_with(change.record, change.values))
    return apply_changes(Employer, changes)


def require_employers(actor: Actor, region_ids: Iterable[int]) -> None:
    """Raise `NotAllowed` unless `actor` accompanies the employers of all these regions."""
    require(actor, Right.MANAGE_EMPLOYERS)
    for region_id in set(region_ids):
        require(actor, Right.MANAGE_EMPLOYERS, region_id=region_id)


def _check(employer: Employer) -> None:
    if not is_neq(employer.neq):
        raise InvalidInput(_("Le NEQ a exactement 10 chiffres."), field="neq")
    if not employer.name.strip():
        raise InvalidInput(_("Donnez le nom de l’employeur."), field="name")
    if not employer.email:
        raise InvalidInput(_("Donnez un courriel où joindre l’employeur."), field="email")
