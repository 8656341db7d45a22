"""Reads of employers and accompaniments: by region for the staff, their own for an employer's people."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor
from arrimage.employers.enums import AccompanimentStatus
from arrimage.employers.models import Accompaniment, AccompanimentEvent, Employer
from arrimage.employers.rules import REMINDER_DAYS, call_before, reminders_due
from arrimage.foundation import clock
from arrimage.foundation.attention import Task

ADVISOR_ROLES = (Role.REGIONAL_ADVISOR, Role.RECRUITMENT_ADVISOR)
_LIVE = (AccompanimentStatus.REQUESTED, AccompanimentStatus.IN_CHARGE)


def employers_visible_to(actor: Actor) -> QuerySet[Employer]:
    """Return the employers of the actor's region and those accompanied there; their own for an employer's people."""
    employers = Employer.objects.all()
    if actor.may(Right.SEE_EMPLOYERS):
        if actor.region_id is None:
            return employers
        accompanied = Accompaniment.objects.filter(employer=OuterRef("pk"), region_id=actor.region_id)
        return employers.filter(Q(region_id=actor.region_id) | Exists(accompanied))
    if actor.may(Right.SEE_OWN_EMPLOYER) and actor.scope_id is not None:
        return employers.filter(pk=actor.scope_id)
    return employers.none()


def accompaniments_visible_to(actor: Actor) -> QuerySet[Accompaniment]:
    """Return the accompaniments given in the actor's region; those of their own for an employer's people."""
    accompaniments = Accompaniment.objects.all()
    if actor.may(Right.SEE_EMPLOYERS):
        return accompaniments if actor.region_id is None else accompaniments.filter(region_id=actor.region_id)
    if actor.may(Right.SEE_OWN_EMPLOYER) and actor.scope_id is not None:
        return accompaniments.filter(employer_id=actor.scope_id)
    return accompaniments.none()


def with_live_counts(employers: QuerySet[Employer]) -> QuerySet[Employer]:
    """Add `waiting` and `in_charge`: how many accompaniments each employer has in these states."""
    return employers.annotate(
        waiting=Count("accompaniments", filter=Q(accompaniments__status=AccompanimentStatus.REQUESTED)),
        in_charge=Count("accompaniments", filter=Q(accompaniments__status=AccompanimentStatus.IN_CHARGE)),
    )


def accompaniments_of(actor: Actor, employer: Employer) -> list[Accompaniment]:
    """Return what `actor` sees of an employer's accompaniments, live ones first, their events ready. Two queries."""
    found = (
        accompaniments_visible_to(actor)
        .filter(employer=employer)
        .select_related("advisor", "region")
        .prefetch_related(Prefetch("events", AccompanimentEvent.objects.order_by("happened_at", "pk")))
        .order_by("-requested_on", "-pk")
    )
    return sorted(found, key=lambda one: one.status not in _LIVE)


def advisors_of(region_id: int, day: date) -> QuerySet[User]:
    """Return the people who advise employers in a region on that day."""
    grants = RoleGrant.objects.live_on(day).filter(region_id=region_id, role__in=ADVISOR_ROLES)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("name", "pk")


def needing_action(actor: Actor, *, at_most: int = 50) -> list[Task]:
    """Return the requests of the region that nobody took in charge, the `at_most` oldest first, in one query.

    After 9, 21 and 45 days a request is recalled; the deadline is the day before the first reminder.
    """
    if not actor.may(Right.MANAGE_EMPLOYERS):
        return []
    today = clock.today()
    waiting = accompaniments_visible_to(actor).filter(status=AccompanimentStatus.REQUESTED)
    tasks = []
    for accompaniment in waiting.select_related("employer").order_by("requested_on", "pk")[:at_most]:
        count = reminders_due(accompaniment.requested_on, today)
        days = REMINDER_DAYS[count - 1] if count else 0
        tasks.append(
            Task(
                reason=_("Demandes d’employeurs sans réponse") if count else _("Nouvelles demandes d’employeurs"),
                label=accompaniment.employer.name,
                detail=" · ".join(
                    filter(
                        None,
                        [
                            accompaniment.get_subject_display(),
                            ngettext("rappel de %(days)d jour", "rappel de %(days)d jours", days) % {"days": days}
                            if count
                            else "",
                        ],
                    )
                ),
                target="employer",
                uid=accompaniment.employer.uid,
                deadline=call_before(accompaniment.requested_on),
                since=accompaniment.requested_on,
            )
        )
    return tasks
