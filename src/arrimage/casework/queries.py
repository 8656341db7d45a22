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
from arrimage.casework.enums import AWAITING_ANSWER, TO_SCHEDULE, WITH_PARTNER, Settlement
from arrimage.casework.models import (
    Assessment,
    ConsentNotice,
    DateProposal,
    DeclineReason,
    Document,
    File,
    FollowUp,
    Need,
    Plan,
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


def files_visible_to(actor: Actor) -> QuerySet[File]:
    """Return the files `actor` may open: those within their reach for who accompanies, their own for a newcomer."""
    files = File.objects.all()
    if actor.may(Right.ACCOMPANY):
        return files.filter(within_reach(actor))
    if actor.role == Role.NEWCOMER and actor.scope_id is not None:
        return files.filter(person_id=actor.scope_id)
    return files.none()


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


def follow_ups_visible_to(actor: Actor) -> QuerySet[FollowUp]:
    if not actor.may(Right.ACCOMPANY):
        return FollowUp.objects.none()
    return FollowUp.objects.filter(file__in=files_visible_to(actor))


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
    theirs = Attendance.objects.filter(appointment=OuterRef("pk"), person__in=files_visible_to(actor).values("person"))
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


def assessment_facts(files: Sequence[File]) -> dict[int, dict[str, Any]]:
    """Return, by file key, what the questionnaire may ask of the record instead of the person.

    `category` (code or None), `arrived_days` (int or None), `has_children`, `has_children_under_5` and
    `has_school_age_children` (bool; a child whose birth date is unknown counts for both ages).
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
    ages: dict[int, list[int | None]] = {}
    children = Member.objects.filter(
        household__in=set(households.values()), ends_on__isnull=True, relation=Relation.CHILD
    )
    for household_id, birth_date in children.values_list("household_id", "person__birth_date"):
        age = None
        if birth_date is not None:
            age = today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))
        ages.setdefault(household_id, []).append(age)
    facts = {}
    for file in files:
        around = ages.get(households.get(file.person_id, 0), [])
        minors = [age for age in around if age is None or age < 18]
        facts[file.pk] = {
            "category": categories.get(file.person_id),
            "arrived_days": (today - file.arrived_on).days if file.arrived_on else None,
            "has_children": bool(minors),
            "has_children_under_5": any(age is None or age < 5 for age in minors),
            "has_school_age_children": any(age is None or age >= 5 for age in minors),
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
