"""Contacts to make and files that came: reasons why something needs an agent."""

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.casework.charge import followed_by, in_charge, responsible_for
from arrimage.casework.enums import FileStatus, PlannedStatus
from arrimage.casework.milestones import open_files
from arrimage.casework.models import File, FileMove, PlannedContact, TransferredFile
from arrimage.foundation import clock


def to_assign(actor: Actor) -> QuerySet[File]:
    """Files that came by a transfer and are with nobody yet: for who assigns them."""
    from_elsewhere = TransferredFile.objects.filter(new_file=OuterRef("pk"))
    from_a_point = FileMove.objects.filter(file=OuterRef("pk"), to_agent__isnull=True, is_undone=False)
    files = File.objects.filter(
        Exists(from_elsewhere) | Exists(from_a_point), responsible_for(actor), agent__isnull=True
    )
    return (files if actor.may(Right.ASSIGN_FILES) else files.none()).annotate(since=F("updated_at__date"))


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
