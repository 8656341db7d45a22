"""What an organisation's own people change: at once where the table says so, else proposed (`moderated`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.actions import check_organisation, check_service
from arrimage.directory.enums import Operation, ProposalStatus
from arrimage.directory.keepers import keeps_own
from arrimage.directory.models import Organisation, Proposal, Service
from arrimage.directory.models.parts import Part
from arrimage.directory.upkeep.moderated import IMMEDIATE_FIELDS, MODERATED_FIELDS, is_moderated
from arrimage.directory.upkeep.values import field_names, kept_values
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, copy_with, lock
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports.upsert import differing_fields


@dataclass(frozen=True)
class Kept:
    """What became of what was typed: whether something changed at once, what is proposed."""

    changed: bool
    proposals: list[Proposal]


@action
def keep_organisation(actor: Actor, change: Change[Organisation]) -> Kept:
    """Change what an organisation says of itself. Raises `Conflict` when the record changed since it was read."""
    require_own(actor, change.record.pk)
    check_organisation(copy_with(change.record, change.values))
    return _keep(actor, Organisation, change, organisation=change.record)


@action
def keep_service(actor: Actor, change: Change[Service]) -> Kept:
    """Change what an organisation says of one of its services. Raises `Conflict` as `keep_organisation` does."""
    require_own(actor, change.record.organisation_id)
    check_service(copy_with(change.record, change.values))
    return _keep(actor, Service, change, organisation=change.record.organisation, service=change.record)


@action
def propose_part(actor: Actor, operation: Operation, part: Part, values: Mapping[str, Any] | None = None) -> Proposal:
    """Propose to add a part (not saved), to give one other `values`, or to remove one."""
    require_own(actor, part.keeper_id)
    model = type(part)
    if not is_moderated(model):
        raise NotAllowed(_("Ce renseignement se change directement."))
    names = field_names(model)
    if operation != Operation.ADD:
        part = lock(model, [part.pk])[part.pk]  # as it is, whatever a form has written on the one given
    return _replace(
        actor,
        Proposal(
            organisation_id=part.keeper_id,
            service=part.owner,
            part_kind=model._meta.model_name or "",
            part=None if operation == Operation.ADD else part.uid,
            operation=operation,
            before={} if operation == Operation.ADD else kept_values(part, names),
            after={} if operation == Operation.REMOVE else kept_values(copy_with(part, values or {}), names),
        ),
    )


def require_own(actor: Actor, organisation_id: int) -> None:
    """Raise `NotAllowed` unless `actor` is one of the people of this organisation who keep its page."""
    require(actor, Right.KEEP_OWN_ORGANISATION)
    if not keeps_own(actor, {organisation_id}):
        raise NotAllowed(_("Cette fiche est celle d’un autre organisme."))


def _keep(actor: Actor, model: Any, change: Change[Any], **of: Any) -> Kept:
    record = lock(model, [change.record.pk])[change.record.pk]  # as it is, whatever a form has written on the one given
    differing = differing_fields(record, change.values)
    at_once = {name: change.values[name] for name in differing if name in IMMEDIATE_FIELDS[model]}
    groups = [group for group in MODERATED_FIELDS[model] if set(group) & set(differing)]
    if not set(differing) <= at_once.keys() | {name for group in groups for name in group}:
        raise NotAllowed(_("Un de ces renseignements est tenu par la direction régionale."))
    changed = apply_changes(model, [Change(record, at_once, change.version)])
    wanted = copy_with(record, change.values)
    proposals = [
        _replace(actor, Proposal(before=kept_values(record, group), after=kept_values(wanted, group), **of))
        for group in groups
    ]
    return Kept(bool(changed), proposals)


def _replace(actor: Actor, proposal: Proposal) -> Proposal:
    """Save a proposal; what was proposed before for the same thing and still waits is withdrawn."""
    before = Proposal.objects.filter(
        organisation=proposal.organisation_id,
        service=proposal.service_id,
        part_kind=proposal.part_kind,
        part=proposal.part,
        status=ProposalStatus.WAITING,
    ).exclude(operation=Operation.ADD)
    if proposal.operation != Operation.ADD:
        keys = {} if proposal.part else {"after__has_keys": list(proposal.after)}
        give_way(actor, before.filter(**keys))
    proposal.proposed_by = actor.name
    proposal.save()
    return proposal


def give_way(actor: Actor, waiting: QuerySet[Proposal]) -> None:
    """Withdraw proposals that another replaces."""
    waiting.update(status=ProposalStatus.WITHDRAWN, decided_on=clock.today(), decided_by=actor.name)
