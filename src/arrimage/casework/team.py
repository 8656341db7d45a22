"""What is shown of a team's absences and handovers."""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.models import Absence, FileMove, Handover
from arrimage.foundation import clock

HANDOVERS_SHOWN_DAYS = 30


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
