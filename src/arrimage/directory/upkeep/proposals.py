"""What becomes of a proposal: an advisor accepts it or refuses it with a reason, its organisation withdraws it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.letters import post
from arrimage.accounts.rights import Actor
from arrimage.directory.actions import ServiceChange, edit_organisations, edit_services
from arrimage.directory.enums import Operation, ProposalStatus
from arrimage.directory.keepers import keepers_of, require_advisor, require_keeper
from arrimage.directory.models import Organisation, Proposal, ProposalNotice, Service
from arrimage.directory.models.parts import Part
from arrimage.directory.models.upkeep import PROPOSALS
from arrimage.directory.part_actions import add_parts, edit_parts, remove_parts
from arrimage.directory.queries import organisations_visible_to
from arrimage.directory.upkeep.letters import DECIDED
from arrimage.directory.upkeep.moderated import MODERATED_PARTS
from arrimage.directory.upkeep.new_services import make_service
from arrimage.directory.upkeep.targets import model_of, target_of
from arrimage.directory.upkeep.values import revived
from arrimage.foundation import clock
from arrimage.foundation.attention import Task
from arrimage.foundation.changes import Change, lock
from arrimage.foundation.errors import Conflict, InvalidInput


@action
def accept(actor: Actor, proposal: Proposal, *, version: int | None) -> None:
    """Write what is proposed. `version` is that of the record the advisor compared it with.

    Raises `Conflict` when the record changed since, or is no more; `InvalidInput` when it cannot be so any more.
    """
    require_advisor(actor, {proposal.organisation_id})
    held = _hold(proposal, ProposalStatus.ACCEPTED)
    _write(actor, held, version)
    _settle(actor, held, ProposalStatus.ACCEPTED)
    _tell(actor, held)


@action
def refuse(actor: Actor, proposal: Proposal, *, reason: str) -> None:
    """Leave the record as it is, and tell the organisation why."""
    require_advisor(actor, {proposal.organisation_id})
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi : l’organisme lira cette raison."), field="reason")
    held = _hold(proposal, ProposalStatus.REFUSED)
    held.reason = reason.strip()
    _settle(actor, held, ProposalStatus.REFUSED)
    _tell(actor, held)


@action
def withdraw(actor: Actor, proposal: Proposal) -> None:
    """Take back what the organisation proposed."""
    require_keeper(actor, {proposal.organisation_id})
    held = _hold(proposal, ProposalStatus.WITHDRAWN)
    _settle(actor, held, ProposalStatus.WITHDRAWN)


def proposals_visible_to(actor: Actor) -> QuerySet[Proposal]:
    """Return those of the region for its advisors, their own for an organisation's people."""
    proposals = Proposal.objects.select_related("organisation", "service")
    if actor.may(Right.MANAGE_DIRECTORY):
        return proposals if actor.region_id is None else proposals.filter(organisation__region=actor.region_id)
    if actor.may(Right.KEEP_OWN_ORGANISATION):
        return proposals.filter(organisation__in=organisations_visible_to(actor))
    return proposals.none()


def needing_action(actor: Actor, *, at_most: int = 50) -> list[Task]:
    """Return the proposals an advisor has to decide, the oldest first."""
    if not actor.may(Right.MANAGE_DIRECTORY):
        return []
    waiting = proposals_visible_to(actor).filter(status=ProposalStatus.WAITING)[:at_most]
    reason = _("Modifications proposées par des organismes")
    return [
        Task(reason, str(each), "proposal", each.uid, since=each.created_at.date(), detail=each.organisation.name)
        for each in waiting
    ]


def _hold(proposal: Proposal, following: ProposalStatus) -> Proposal:
    held = lock(Proposal, [proposal.pk])[proposal.pk]
    PROPOSALS.check(held.status, following)
    return held


def _settle(actor: Actor, held: Proposal, status: ProposalStatus) -> None:
    held.status, held.decided_by, held.decided_on = status, actor.name, clock.today()
    held.save(update_fields=["status", "decided_by", "decided_on", "reason", "service"])


def _tell(actor: Actor, held: Proposal) -> None:
    """Promise a letter to each of the people who keep the organisation's page."""
    notices = [ProposalNotice(proposal=held, user=user) for user in keepers_of(held.organisation_id)]
    post(actor, DECIDED, *(notice.uid for notice in ProposalNotice.objects.bulk_create(notices)))


def _write(actor: Actor, held: Proposal, version: int | None) -> None:
    if held.is_new_service:
        held.service = make_service(actor, held)
        return
    values, target = revived(model_of(held), held.after), target_of(held)
    if held.operation == Operation.ADD:
        add_parts(actor, [MODERATED_PARTS[held.part_kind](service=held.service, **values)])
    elif target is None:
        raise Conflict(_("Ce renseignement n’existe plus : refusez la modification en le disant."))
    elif isinstance(target, Service):
        edit_services(actor, [ServiceChange(target, values, version=version)])
    elif isinstance(target, Organisation):
        edit_organisations(actor, [Change(target, values, version=version)])
    else:
        _write_part(actor, held, target, Change(target, values, version=version))


def _write_part(actor: Actor, held: Proposal, target: Part, change: Change[Any]) -> None:
    if held.operation == Operation.CHANGE:
        edit_parts(actor, type(target), [change])
        return
    if change.version != target.version:
        raise Conflict(_("Ce renseignement a été modifié entre-temps. Relisez-le avant de le retirer."))
    remove_parts(actor, [target])
