"""Contacts to make and files that came: reasons why something needs an agent."""

from collections.abc import Callable

from django.db.models import F, Q, QuerySet

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework.charge import followed_by, in_charge, responsible_for
from arrimage.casework.enums import FileStatus, PlannedStatus
from arrimage.casework.milestones import open_files
from arrimage.casework.models import File, FileMove, PlannedContact
from arrimage.foundation import clock


def handed_over(actor: Actor) -> QuerySet[FileMove]:
    """Files that came to the agent, who has not said yet that they know; to a lead, they say nothing."""
    return FileMove.objects.filter(
        to_agent=actor.user_id,
        file__agent=actor.user_id,
        file__status=FileStatus.ACTIVE,
        is_undone=False,
        seen_on__isnull=True,
    ).annotate(since=F("moved_on"))


def planned_contacts(actor: Actor) -> QuerySet[PlannedContact]:
    """Contacts whose day has come: those named for somebody are theirs, the others whoever's the file is."""
    due = PlannedContact.objects.filter(
        status=PlannedStatus.PLANNED, planned_on__lte=clock.today(), file__status=FileStatus.ACTIVE
    )
    if actor.region_id is not None:
        due = due.filter(region_id=actor.region_id)
    theirs = Q(agent__isnull=True) & responsible_for(actor, "file__")
    if actor.role == Role.INTEGRATION_AGENT:
        theirs |= in_charge(actor, "agent", "file_id")
    else:
        theirs |= responsible_for(actor, "file__")
    return due.filter(theirs).annotate(since=F("created_at__date"))


def milestones(months: int) -> Callable[[Actor], QuerySet[File]]:
    def waiting_at(actor: Actor) -> QuerySet[File]:
        return open_files(File.objects.filter(followed_by(actor)), months)

    return waiting_at
