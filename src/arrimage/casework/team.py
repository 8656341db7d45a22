"""What is shown of a team's absences, handovers and transfers."""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.models import Absence, FileMove, Handover, Transfer
from arrimage.casework.transfer_enums import TransferStatus
from arrimage.foundation import clock
from arrimage.foundation.attention import Task
from arrimage.territory.working_days import add_working_days

HANDOVERS_SHOWN_DAYS = 30
ANSWERED_WITHIN = 3  # working days, to answer a transfer (assumed: a service standard of ours)


def absences_visible_to(actor: Actor) -> QuerySet[Absence]:
    """Return the absences of the actor's region; an agent reads theirs and those where they replace."""
    if not actor.may(Right.ACCOMPANY):
        return Absence.objects.none()
    absences = Absence.objects.all() if actor.region_id is None else Absence.objects.filter(region_id=actor.region_id)
    if actor.may(Right.ASSIGN_FILES):
        return absences
    return absences.filter(Q(agent=actor.user_id) | Q(covers__substitute=actor.user_id)).distinct()


def absences_shown_to(actor: Actor) -> QuerySet[Absence]:
    """Return the absences under way and to come, with who replaces. Two queries."""
    current = absences_visible_to(actor).filter(is_cancelled=False, ends_on__gte=clock.today())
    return current.select_related("agent").prefetch_related("covers__substitute").order_by("starts_on", "pk")


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    if not actor.may(Right.ASSIGN_FILES):
        return Handover.objects.none()
    return Handover.objects.all() if actor.region_id is None else Handover.objects.filter(region_id=actor.region_id)


def handovers_shown_to(actor: Actor) -> QuerySet[Handover]:
    """Return the handovers of the last weeks, with `count` files each; a lead may undo them."""
    since = clock.today() - timedelta(days=HANDOVERS_SHOWN_DAYS)
    recent = handovers_visible_to(actor).filter(made_on__gte=since)
    return recent.select_related("author").annotate(count=Count("moves")).order_by("-made_on", "-pk")


def moves_to(actor: Actor) -> QuerySet[FileMove]:
    """Return the files that came to the actor."""
    return FileMove.objects.filter(to_agent=actor.user_id)


def transfers_visible_to(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers from and to a lead's region; to an agent, those they asked for."""
    if not actor.may(Right.ACCOMPANY):
        return Transfer.objects.none()
    if actor.region_id is None:
        return Transfer.objects.all()
    theirs = Q(author=actor.user_id)
    if actor.may(Right.ASSIGN_FILES):
        theirs |= Q(region=actor.region_id) | Q(to_region=actor.region_id)
    return Transfer.objects.filter(theirs)


def transfers_needing_action(actor: Actor) -> list[Task]:
    """Return the transfers a lead has to answer, and the refusals who asked has not read. One query."""
    to_answer = Q(status=TransferStatus.PROPOSED, to_region=actor.region_id)
    to_read = Q(status=TransferStatus.REFUSED, seen_on__isnull=True, author=actor.user_id)
    wanted = to_answer | to_read if actor.may(Right.ASSIGN_FILES) else to_read
    rows = transfers_visible_to(actor).filter(wanted).select_related("region", "to_point").order_by("proposed_on", "pk")
    return [_task(each) for each in rows]


def _task(transfer: Transfer) -> Task:
    numbers = ", ".join(each["number"] for each in transfer.shown)
    if transfer.status == TransferStatus.PROPOSED:
        return Task(
            reason=_("Transferts à accepter"),
            label=numbers,
            target="transfer",
            uid=transfer.uid,
            deadline=add_working_days(transfer.proposed_on, ANSWERED_WITHIN),
            since=transfer.proposed_on,
            detail=f"{transfer.region} → {transfer.to_point}",
        )
    return Task(
        reason=_("Transferts refusés : les dossiers restent chez vous"),
        label=numbers,
        target="transfer",
        uid=transfer.uid,
        since=transfer.answered_on,
        detail=transfer.answer,
    )
