"""The parts of a file's story: one queryset each, by the keys of the file, its person and its region.

`EVERYTHING` reads them all by one statement, for the page that shows them all. A part added there costs that page no
query: write its queryset here, and its property in `story.FileStory`.
"""

from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus, PlannedStatus
from arrimage.casework.models import (
    Assessment,
    Closing,
    File,
    FollowUp,
    Goal,
    Milestone,
    MilestoneContact,
    Need,
    Note,
    Plan,
    PlannedContact,
    Referral,
    Step,
)
from arrimage.casework.queries import readable_notes
from arrimage.foundation.together import Together, mark
from arrimage.people.models import Member, PersonStatus
from arrimage.people.queries import records_of
from arrimage.privacy.consents.models import Consent, Refusal
from arrimage.privacy.registers.models import Statement
from arrimage.scheduling.models import Appointment, Attendance

MOST = 50  # of appointments, follow-ups and notes: the page tells the story, the lists keep everything


def statuses(*, person: int, **_keys: int) -> QuerySet[PersonStatus]:
    return PersonStatus.objects.filter(person_id=person)


def members(*, person: int, region: int, **_keys: int) -> QuerySet[Member]:
    """Who shares a household with the person today, each with `file_uid`, their active file in the region."""
    own = Member.objects.filter(person_id=person, ends_on__isnull=True)
    files = File.objects.filter(person=OuterRef("person"), region_id=region, status=FileStatus.ACTIVE)
    return (
        Member.objects.filter(household__in=own.values("household"), ends_on__isnull=True)
        .exclude(person_id=person)
        .select_related("person")
        .annotate(file_uid=Subquery(files.values("uid")[:1]))
        .order_by("pk")
    )


def file_uid(member: Member) -> UUID | None:
    return member.file_uid  # type: ignore[attr-defined]


def assessments(*, file: int, **_keys: int) -> QuerySet[Assessment]:
    """The last begun first, without their answers."""
    found = Assessment.objects.filter(file_id=file).select_related("author").defer("answers")
    return found.order_by("-started_at", "-pk")[:MOST]


def needs(*, file: int, **_keys: int) -> QuerySet[Need]:
    return Need.objects.filter(file_id=file).select_related("theme")


def steps(*, file: int, **_keys: int) -> QuerySet[Step]:
    """Those of every plan, each with its plan and need."""
    return Step.objects.filter(file_id=file).select_related("plan", "need__theme", "service").order_by("due_on", "pk")


def plans(*, file: int, **_keys: int) -> QuerySet[Plan]:
    return Plan.objects.filter(file_id=file)


def goals(*, file: int, **_keys: int) -> QuerySet[Goal]:
    """What the person wishes, of every plan."""
    return Goal.objects.filter(file_id=file).order_by("pk")


def referrals(*, file: int, **_keys: int) -> QuerySet[Referral]:
    """The last sent first, without what was communicated."""
    found = Referral.objects.filter(file_id=file).select_related(
        "service", "organisation", "need", "step", "decline_reason"
    )
    return found.defer("shared").order_by("-sent_on", "-pk")


def appointments(*, person: int, region: int, **_keys: int) -> QuerySet[Appointment]:
    """The last first, those of records merged into theirs too: two at one past hour stay on their own records."""
    attended = Attendance.objects.filter(person__in=records_of(person)).values("appointment")
    found = Appointment.objects.filter(pk__in=attended, region_id=region)
    return found.select_related("agent", "service_point").order_by("-starts_at")[:MOST]


def follow_ups(*, file: int, **_keys: int) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(file_id=file).select_related("author", "step")[:MOST]


def planned_contacts(*, file: int, **_keys: int) -> QuerySet[PlannedContact]:
    found = PlannedContact.objects.filter(file_id=file, status=PlannedStatus.PLANNED)
    return found.select_related("agent").order_by("planned_on", "pk")


def milestone_contacts(*, file: int, **_keys: int) -> QuerySet[MilestoneContact]:
    return MilestoneContact.objects.filter(file_id=file).order_by("months")


def milestones(**_keys: int) -> QuerySet[Milestone]:
    """When contacts are due, whatever the file."""
    return Milestone.objects.order_by("months")


def closings(*, file: int, **_keys: int) -> QuerySet[Closing]:
    return Closing.objects.filter(file_id=file).select_related("author")


def consents(*, person: int, region: int, **_keys: int) -> QuerySet[Consent]:
    found = Consent.objects.filter(person_id=person, region_id=region).select_related("recipient", "region")
    return found.order_by("-given_on", "-pk")


def refusals(*, person: int, region: int, **_keys: int) -> QuerySet[Refusal]:
    standing = Refusal.objects.filter(person_id=person, region_id=region, lifted_on__isnull=True)
    return standing.select_related("organisation")


def statements(*, person: int, region: int, **_keys: int) -> QuerySet[Statement]:
    return Statement.objects.filter(person_id=person, region_id=region)


def notes(actor: Actor, file: int, most: int | None = MOST) -> QuerySet[Note]:
    """The notes `actor` may read of a file they see, the last first; each with `additions_count`."""
    found = Note.objects.filter(readable_notes(actor), file_id=file).select_related("author", "referral__organisation")
    return found.annotate(additions_count=Count("additions"))[:most]


_KEYS = {"file": mark(), "person": mark(), "region": mark()}


def _every_part() -> dict[str, QuerySet[Any]]:
    return {
        "statuses": statuses(**_KEYS),
        "_members": members(**_KEYS),
        "assessments": assessments(**_KEYS),
        "_every_need": needs(**_KEYS),
        "_every_step": steps(**_KEYS),
        "_every_plan": plans(**_KEYS),
        "_every_goal": goals(**_KEYS),
        "referrals": referrals(**_KEYS),
        "appointments": appointments(**_KEYS),
        "follow_ups": follow_ups(**_KEYS),
        "planned_contacts": planned_contacts(**_KEYS),
        "milestone_contacts": milestone_contacts(**_KEYS),
        "milestones": milestones(),
        "closings": closings(**_KEYS),
        "consents": consents(**_KEYS),
        "refusals": refusals(**_KEYS),
        "statements": statements(**_KEYS),
    }


EVERYTHING = Together(_KEYS, _every_part)
