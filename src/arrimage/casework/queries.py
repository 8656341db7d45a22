"""Who sees what of casework, in one place a model."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import PARTNER_ROLES, Right, Role
from arrimage.accounts.rights import Actor
from arrimage.attachments.enums import AttachmentState
from arrimage.attachments.models import Attachment
from arrimage.casework.enums import (
    AWAITING_ANSWER,
    READ_WITH_THE_FILE,
    TO_SCHEDULE,
    WITH_PARTNER,
    NoteVisibility,
    Settlement,
)
from arrimage.casework.models import (
    Assessment,
    Closing,
    ConsentNotice,
    DateProposal,
    DeclinedProposal,
    DeclineReason,
    Document,
    File,
    FollowUp,
    Goal,
    MilestoneContact,
    Need,
    Note,
    Plan,
    PlannedContact,
    Referral,
    ReferralDelays,
    ReferralMessage,
    SharedAnswerReview,
    Step,
)
from arrimage.casework.reach import has_assignment, within_reach
from arrimage.foundation import clock
from arrimage.people.enums import Relation
from arrimage.people.models import Member, PersonStatus
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.scheduling.queries import appointments_visible_to

SCHOOL_AGE, ADULT = 5, 18


def files_visible_to(actor: Actor) -> QuerySet[File]:
    """Return the files `actor` may open: those within their reach for who accompanies, their own for a newcomer."""
    files = File.objects.all()
    if actor.may(Right.ACCOMPANY):
        return files.filter(within_reach(actor))
    if actor.role == Role.NEWCOMER and actor.scope_id is not None:
        return files.filter(person_id=actor.scope_id)
    return files.none()


def persons_of_files(actor: Actor) -> QuerySet[Any, Any]:
    """Return the keys of the persons whose files `actor` may open, for `people.reach`."""
    return files_visible_to(actor).order_by().values("person")


def files_listed_for(actor: Actor) -> QuerySet[File]:
    """Return the files of `actor`'s lists: those they may open, in their region (its index keeps the lists fast)."""
    files = files_visible_to(actor)
    return files if actor.region_id is None else files.filter(region_id=actor.region_id)


def needs_visible_to(actor: Actor) -> QuerySet[Need]:
    return Need.objects.filter(file__in=files_visible_to(actor))


def assessments_visible_to(actor: Actor) -> QuerySet[Assessment]:
    if not actor.may(Right.ACCOMPANY):
        return Assessment.objects.none()
    return Assessment.objects.filter(file__in=files_visible_to(actor))


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(file__in=files_visible_to(actor))


def steps_visible_to(actor: Actor) -> QuerySet[Step]:
    return Step.objects.filter(file__in=files_visible_to(actor))


def goals_visible_to(actor: Actor) -> QuerySet[Goal]:
    return Goal.objects.filter(file__in=files_visible_to(actor))


def declined_proposals_visible_to(actor: Actor) -> QuerySet[DeclinedProposal]:
    """Return the proposed steps that agents left out of a plan: theirs alone to see."""
    if not actor.may(Right.ACCOMPANY):
        return DeclinedProposal.objects.none()
    return DeclinedProposal.objects.filter(file__in=files_visible_to(actor))


def follow_ups_visible_to(actor: Actor) -> QuerySet[FollowUp]:
    if not actor.may(Right.ACCOMPANY):
        return FollowUp.objects.none()
    return FollowUp.objects.filter(file__in=files_visible_to(actor))


def planned_contacts_visible_to(actor: Actor) -> QuerySet[PlannedContact]:
    if not actor.may(Right.ACCOMPANY):
        return PlannedContact.objects.none()
    return PlannedContact.objects.filter(file__in=files_visible_to(actor))


def milestones_visible_to(actor: Actor) -> QuerySet[MilestoneContact]:
    if not actor.may(Right.ACCOMPANY):
        return MilestoneContact.objects.none()
    return MilestoneContact.objects.filter(file__in=files_visible_to(actor))


def referrals_visible_to(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals `actor` may open: those of the files they see; for a partner, those it holds, while live."""
    if actor.link_id is not None:
        return Referral.objects.filter(pk=actor.link_id, status__in=AWAITING_ANSWER)
    if actor.role in PARTNER_ROLES and actor.scope_id is not None:
        return Referral.objects.filter(
            organisation_id=actor.scope_id, status__in=sorted(status.value for status in WITH_PARTNER)
        )
    if actor.may(Right.ACCOMPANY):
        return Referral.objects.filter(within_reach(actor, "file__"))
    return Referral.objects.filter(file__in=files_visible_to(actor))


def referrals_listed_for(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals of `actor`'s lists: those they may open, in their region."""
    referrals = referrals_visible_to(actor)
    return referrals if actor.region_id is None else referrals.filter(region_id=actor.region_id)


def decline_reasons_of(region_id: int, *, offered: bool = True) -> QuerySet[DeclineReason]:
    """Return the reasons for a no in a region: the common ones and its own; those offered today unless told."""
    reasons = DeclineReason.objects.filter(Q(region__isnull=True) | Q(region=region_id))
    return reasons.filter(is_offered=True) if offered else reasons


def delays_of(regions: Iterable[int]) -> dict[int, ReferralDelays]:
    """Return how long each region leaves for an answer: what it set, or the defaults (not saved)."""
    wanted = set(regions)
    known = {each.region_id: each for each in ReferralDelays.objects.filter(region__in=wanted)}
    return {region: known.get(region) or ReferralDelays(region_id=region) for region in wanted}


def messages_visible_to(actor: Actor) -> QuerySet[ReferralMessage]:
    """Return what was written about the referrals `actor` sees: by the two who write, not by a link, nor the person."""
    if actor.link_id is not None or actor.role == Role.NEWCOMER:
        return ReferralMessage.objects.none()
    return ReferralMessage.objects.filter(referral__in=referrals_visible_to(actor))


def reviews_visible_to(actor: Actor) -> QuerySet[SharedAnswerReview]:
    """Return what organisations said of the answers they were given, on the referrals `actor` sees."""
    if actor.link_id is not None or actor.role == Role.NEWCOMER:
        return SharedAnswerReview.objects.none()
    return SharedAnswerReview.objects.filter(referral__in=referrals_visible_to(actor))


def proposals_visible_to(actor: Actor) -> QuerySet[DateProposal]:
    """Return the dates proposed for the referrals `actor` sees; the person too, who may accept one."""
    if actor.link_id is not None:
        return DateProposal.objects.none()
    return DateProposal.objects.filter(referral__in=referrals_visible_to(actor))


def dates_to_decide(actor: Actor) -> QuerySet[DateProposal]:
    """Return the dates that still wait for a yes or a no, on referrals whose date is yet to be fixed."""
    return proposals_visible_to(actor).filter(
        settlement=Settlement.WAITING, referral__status__in=[status.value for status in TO_SCHEDULE]
    )


def appointments_open_to(actor: Actor) -> QuerySet[Appointment]:
    """Return the appointments whose persons `actor`, who accompanies, may see: theirs, their point's, their files'.

    The times themselves are seen by everybody who books in the region (`scheduling.queries`).
    """
    appointments = appointments_visible_to(actor)
    if not has_assignment(actor):
        return appointments
    persons = files_visible_to(actor).values("person")
    attended = Attendance.objects.filter(appointment=OuterRef("pk"))
    theirs = attended.filter(Q(person__in=persons) | Q(person__merged_into__in=persons))
    return appointments.filter(
        Q(agent_id=actor.user_id) | Q(service_point_id=actor.service_point_id) | Q(Exists(theirs))
    )


def consent_notices_visible_to(actor: Actor) -> QuerySet[ConsentNotice]:
    """Return what organisations were told of consents taken back: theirs, or those of the files one accompanies."""
    if actor.role in PARTNER_ROLES and actor.scope_id is not None:
        return ConsentNotice.objects.filter(organisation_id=actor.scope_id)
    if not actor.may(Right.ACCOMPANY):
        return ConsentNotice.objects.none()
    return ConsentNotice.objects.filter(referral__in=referrals_visible_to(actor))


def documents_visible_to(actor: Actor) -> QuerySet[Document]:
    """Return the papers of the files `actor` sees, removed ones included.

    The person sees those they gave and those shared with them, while they are kept.
    """
    documents = Document.objects.filter(file__in=files_visible_to(actor))
    if actor.may(Right.ACCOMPANY):
        return documents
    return documents.filter(shared=True, attachment__state=AttachmentState.STORED)


def visible_documents(actor: Actor) -> QuerySet[Any, Any]:
    """Return the keys of the attachments `actor` may open, for `attachments.registry`."""
    return documents_visible_to(actor).order_by().values("attachment")


def file_of_document(attachment: Attachment) -> File:
    """Return the file an attachment is in, for the read journal."""
    return Document.objects.select_related("file").get(attachment=attachment).file


def closings_visible_to(actor: Actor) -> QuerySet[Closing]:
    if not actor.may(Right.ACCOMPANY):
        return Closing.objects.none()
    return Closing.objects.filter(file__in=files_visible_to(actor))


def notes_visible_to(actor: Actor) -> QuerySet[Note]:
    """Return the notes `actor` may read; `guarded.READS_NOTE` says the same in SQL."""
    if actor.role in PARTNER_ROLES:
        return Note.objects.filter(
            withdrawn_on__isnull=True, visibility=NoteVisibility.PARTNER, referral__in=referrals_visible_to(actor)
        )
    return Note.objects.filter(readable_notes(actor), file__in=files_visible_to(actor))


def readable_notes(actor: Actor) -> Q:
    """Return the condition for the notes `actor` may read of the files they see."""
    shown = Q(withdrawn_on__isnull=True)
    if not actor.may(Right.ACCOMPANY):
        return shown & Q(visibility=NoteVisibility.PERSON)
    if actor.system:
        return Q()
    is_lead, sensitive = actor.role == Role.TEAM_LEAD, Q(visibility=NoteVisibility.SENSITIVE)
    region = Q(file__region_id=actor.region_id)
    point = region & Q(file__service_point_id=actor.service_point_id) if actor.service_point_id else region
    mine = Q(file__agent_id=actor.user_id)
    team = Q(visibility=NoteVisibility.TEAM)
    wide = Q(visibility__in=READ_WITH_THE_FILE)
    readable = Q(author_id=actor.user_id) | shown & (wide | team & (mine | (region if is_lead else point)))
    if is_lead:  # who moderates reads what was withdrawn, too
        return readable | sensitive & (shown & mine | point) | ~shown & ~sensitive & region
    return readable | shown & sensitive & mine


def notes_listed_for(actor: Actor) -> QuerySet[Note]:
    """Return the notes of `actor`'s lists: sensitive ones are opened one by one, and written down each time."""
    return notes_visible_to(actor).exclude(visibility=NoteVisibility.SENSITIVE)


def assessment_facts(files: Sequence[File]) -> dict[int, dict[str, Any]]:
    """Return, by file key, what the questionnaire may ask of the record instead of the person.

    `category` (code or None), `arrived_days` (int or None), `has_children`, `has_children_under_5` and
    `has_school_age_children` (bool; a child counts for every age they may have, whatever is known of their birth).
    """
    persons = [file.person_id for file in files]
    categories = dict(
        PersonStatus.objects.filter(person__in=persons, ends_on__isnull=True)
        .order_by("starts_on")
        .values_list("person_id", "category")
    )
    households = dict(
        Member.objects.filter(person__in=persons, ends_on__isnull=True).values_list("person_id", "household_id")
    )
    today = clock.today()
    ages: dict[int, list[tuple[int, int]]] = {}
    children = Member.objects.filter(
        household__in=set(households.values()), ends_on__isnull=True, relation=Relation.CHILD
    )
    for child in children.select_related("person"):
        birth = child.person.birth
        ages.setdefault(child.household_id, []).append(birth.ages(today) if birth else (0, ADULT - 1))
    facts = {}
    for file in files:
        around = ages.get(households.get(file.person_id, 0), [])
        minors = [(least, most) for least, most in around if least < ADULT]
        facts[file.pk] = {
            "category": categories.get(file.person_id),
            "arrived_days": (today - file.arrived_on).days if file.arrived_on else None,
            "has_children": bool(minors),
            "has_children_under_5": any(least < SCHOOL_AGE for least, _most in minors),
            "has_school_age_children": any(most >= SCHOOL_AGE for _least, most in minors),
        }
    return facts


def received_referral(actor: Actor, uid: UUID) -> Referral | None:
    """Return a referral sent to the actor's organisation, ended or not; nothing of it may be shown once it has ended.

    A partner's page sent twice asks for it, to answer that the end is recorded already.
    """
    if actor.role not in PARTNER_ROLES or actor.scope_id is None:
        return None
    with acting_as(actor), elevated():
        return Referral.objects.filter(organisation_id=actor.scope_id, uid=uid).select_related("service").first()
