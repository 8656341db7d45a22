"""The record that a proposal is about: its kind, what it says now, whether it moved since."""

from typing import Any

from arrimage.directory.enums import Operation
from arrimage.directory.models import Organisation, Proposal, Service
from arrimage.directory.upkeep.moderated import MODERATED_PARTS
from arrimage.directory.upkeep.values import kept_values, revived


def model_of(proposal: Proposal) -> type[Any]:
    """Return the kind of record a proposal is about."""
    if proposal.part_kind:
        return MODERATED_PARTS[proposal.part_kind]
    return Service if proposal.service_id or proposal.is_new_service else Organisation


def target_of(proposal: Proposal) -> Any:
    """Return the record as it is now; None when it is to be added, or is no more."""
    if proposal.operation == Operation.ADD:
        return None
    if proposal.part is None:
        return proposal.service or proposal.organisation
    return MODERATED_PARTS[proposal.part_kind]._default_manager.filter(uid=proposal.part).first()


def has_changed_since(proposal: Proposal, target: Any) -> bool:
    """Say whether what a proposal would replace is no longer as its organisation saw it."""
    if proposal.operation == Operation.ADD:
        return False
    model = model_of(proposal)
    return target is None or revived(model, proposal.before) != revived(model, kept_values(target, proposal.before))
