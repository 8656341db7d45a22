"""Reading group sessions, and who is in them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.scheduling.enums import SEATED, EnrolmentStatus, SessionStatus
from arrimage.scheduling.models import Attestation, Enrolment, GroupSession, Meeting, SessionProgramme


def sessions_visible_to(actor: Actor) -> QuerySet[GroupSession]:
    """Return the region's sessions for who accompanies; for a newcomer, those of their region and their own."""
    sessions = GroupSession.objects.all()
    if actor.may(Right.ACCOMPANY):
        return sessions if actor.region_id is None else sessions.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER:
        region = Person.objects.filter(pk=actor.scope_id or 0).values("region")
        own = Enrolment.objects.filter(person=actor.scope_id or 0).values("session")
        return sessions.filter(Q(region__in=region) | Q(pk__in=own))
    return sessions.none()


def enrolments_visible_to(actor: Actor) -> QuerySet[Enrolment]:
    """Return the enrolments of the region's sessions for who accompanies, one's own for a newcomer."""
    enrolments = Enrolment.objects.all()
    if actor.role == Role.NEWCOMER:
        return enrolments.filter(person=actor.scope_id or 0)
    return enrolments.filter(session__in=sessions_visible_to(actor))


def attestations_visible_to(actor: Actor) -> QuerySet[Attestation]:
    """Return the attestations of the enrolments `actor` sees."""
    return Attestation.objects.filter(enrolment__in=enrolments_visible_to(actor))


def programmes_for(region_id: int | None) -> QuerySet[SessionProgramme]:
    """Return the programmes a region may offer: everybody's and its own."""
    return SessionProgramme.objects.filter(Q(region__isnull=True) | Q(region=region_id), is_offered=True)


def with_dates(sessions: QuerySet[GroupSession]) -> "QuerySet[Any]":
    """Add when sessions start and end (`starts_at`, `ends_at`) and how many meetings they have (`days`)."""
    dates = (
        Meeting.objects.filter(session=OuterRef("pk"))
        .order_by()
        .values("session")
        .annotate(first=Min("starts_at"), last=Max("ends_at"), count=Count("pk"))
    )
    return sessions.annotate(
        starts_at=Subquery(dates.values("first")),
        ends_at=Subquery(dates.values("last")),
        days=Coalesce(Subquery(dates.values("count")), 0),
    )


def with_people(sessions: QuerySet[GroupSession]) -> "QuerySet[Any]":
    """Add how many are seated and in the line (`seated`, `waiting`). For who sees everybody's enrolments."""
    return sessions.annotate(
        seated=_count(status__in=SEATED),
        waiting=_count(status=EnrolmentStatus.WAITING),
    )


def _count(**condition: object) -> Coalesce:
    rows = Enrolment.objects.filter(session=OuterRef("pk"), **condition).order_by().values("session")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def still_to_come(sessions: QuerySet[GroupSession]) -> "QuerySet[Any]":
    """Keep the planned sessions whose first meeting is to come, soonest first."""
    coming = with_dates(sessions).filter(status=SessionStatus.PLANNED, starts_at__gt=clock.now())
    return coming.order_by("starts_at", "pk")


def places_left(sessions: Iterable[GroupSession]) -> dict[int, int]:
    """Return, by key of the session, the places free for who asks now: none while somebody waits. One query.

    Says how many, never who: anybody may ask.
    """
    by_key = {session.pk: session for session in sessions}
    with elevated():
        counted = with_people(GroupSession.objects.filter(pk__in=by_key)).values_list("pk", "seated", "waiting")
        return {key: 0 if waiting else max(by_key[key].places - seated, 0) for key, seated, waiting in counted}
