"""The reasons why something needs an agent, and everything each of them covers."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.enums import TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor, require
from arrimage.casework.enums import (
    AWAITING_ANSWER,
    OPEN_STEPS,
    WITH_PARTNER,
    AssessmentStatus,
    FileStatus,
    NeedStatus,
    PlanStatus,
    ReferralStatus,
)
from arrimage.casework.models import Assessment, File, Need, Plan, Referral, Step
from arrimage.casework.rules import REFERRAL_EXPIRY_WORKING_DAYS, REFERRAL_REMINDER_WORKING_DAYS
from arrimage.casework.todo_consents import consents_ending, consents_withdrawn
from arrimage.casework.todo_partners import corrections_proposed, dates_proposed, questions_asked
from arrimage.foundation import clock
from arrimage.people.enums import Relation
from arrimage.people.models import Member
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.territory.working_days import add_working_days

LOOK_BACK_DAYS = 90  # older than that, a thing is found in the lists: the page shows what can still be helped
FIRST_APPOINTMENT_AT_RISK_WORKING_DAYS = 2


class Reason(TextChoices):
    """Why something needs the agent, the most pressing first."""

    APPOINTMENT = "appointment", _("Rendez-vous d’aujourd’hui")
    OUTCOME_MISSING = "outcome_missing", _("Rendez-vous passés : dire s’ils ont eu lieu")
    FIRST_APPOINTMENT = "first_appointment", _("Premier rendez-vous à fixer")
    QUESTION = "question", _("Questions d’organismes")
    DATES = "dates", _("Dates proposées par des organismes : en convenir avec la personne")
    CAME_BACK = "came_back", _("Besoins revenus : réorienter la personne")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consentements retirés : en reparler avec la personne")
    EXPIRED = "expired", _("Orientations sans réponse, délai écoulé")
    RESULT = "result", _("Résultats reçus : faire le suivi et clore la démarche")
    STEP_OVERDUE = "step_overdue", _("Démarches en retard")
    NO_ANSWER = "no_answer", _("Orientations en attente de réponse")
    CORRECTION = "correction", _("Réponses corrigées par des organismes")
    CONSENT_ENDS = "consent_ends", _("Consentements à renouveler : une orientation en dépend")
    TO_FINISH = "to_finish", _("Évaluations à terminer")
    TO_PLAN = "to_plan", _("Plans d’action à rédiger")
    TO_AGREE = "to_agree", _("Plans d’action à convenir")


# Working days within which we answer for each thing, from the day it came (assumed: a service standard of ours).
ANSWERED_WITHIN = {
    Reason.QUESTION: 2,
    Reason.DATES: 2,
    Reason.CORRECTION: 10,
    Reason.CAME_BACK: 2,
    Reason.CONSENT_WITHDRAWN: 2,
    Reason.RESULT: 5,
    Reason.TO_FINISH: 5,
    Reason.TO_PLAN: 5,
    Reason.TO_AGREE: 10,
}
_CAME_BACK = (ReferralStatus.DECLINED, ReferralStatus.EXPIRED, ReferralStatus.STOPPED)


def waiting(actor: Actor, reason: Reason) -> QuerySet[Any]:
    """Return everything `reason` covers for `actor`, oldest first: appointments, files, steps…, each with `since`."""
    rows = _QUERIES[reason](actor).order_by("since", "pk")
    return rows if actor.may(Right.ACCOMPANY) else rows.none()


def late_counts(actor: Actor) -> dict[Reason, int]:
    """Return how many things of each kind are late in the region, for those who steer it; no record. One query."""
    require(actor, Right.SEE_BILAN)
    today = clock.today()
    late = {
        Reason.FIRST_APPOINTMENT: _to_meet(actor).filter(first_appointment_due__lt=today),
        Reason.EXPIRED: _past_the_deadline(actor),
        Reason.CAME_BACK: _came_back(actor),
        Reason.STEP_OVERDUE: _overdue_steps(actor),
    }
    counted = [
        rows.order_by().values(reason=Value(reason.value)).annotate(count=Count("pk")).values_list("reason", "count")
        for reason, rows in late.items()
    ]
    with acting_as(actor), elevated():
        found = dict(counted[0].union(*counted[1:], all=True))
    return {reason: found.get(reason.value, 0) for reason in late}


def responsible_for(actor: Actor, prefix: str = "") -> Q:
    """Return the condition for the active files `actor` answers for; `prefix` leads to the file (`file__`).

    An agent answers for their own, a team lead for those of their point of service, others for the region's.
    """
    wanted: dict[str, Any] = {"status": FileStatus.ACTIVE}
    if actor.region_id is not None:
        wanted["region_id"] = actor.region_id
    if actor.role == Role.INTEGRATION_AGENT:
        wanted["agent_id"] = actor.user_id
    elif actor.role == Role.TEAM_LEAD and actor.service_point_id is not None:
        wanted["service_point_id"] = actor.service_point_id
    return Q(**{f"{prefix}{name}": value for name, value in wanted.items()})


# --- What each reason covers ----------------------------------------------------------------------------------------
def _appointments(actor: Actor) -> QuerySet[Appointment]:
    appointments = Appointment.objects.filter(status=AppointmentStatus.BOOKED)
    if actor.region_id is not None:
        appointments = appointments.filter(region_id=actor.region_id)
    if actor.role == Role.INTEGRATION_AGENT:
        appointments = appointments.filter(agent_id=actor.user_id)
    elif actor.role == Role.TEAM_LEAD and actor.service_point_id is not None:
        appointments = appointments.filter(service_point_id=actor.service_point_id)
    return appointments.annotate(since=F("starts_at__date"))


def _appointments_today(actor: Actor) -> QuerySet[Appointment]:
    today = clock.today()
    return _appointments(actor).filter(
        starts_at__gte=clock.at(today, 0), starts_at__lt=clock.at(today + timedelta(days=1), 0)
    )


def _appointments_without_outcome(actor: Actor) -> QuerySet[Appointment]:
    today = clock.at(clock.today(), 0)
    return _appointments(actor).filter(starts_at__lt=today, starts_at__gte=today - timedelta(days=LOOK_BACK_DAYS))


def _to_meet(actor: Actor) -> QuerySet[File]:
    """Files of grown-ups with no appointment kept or to come, whose five working days are nearly over, or are."""
    met = Attendance.objects.filter(
        person=OuterRef("person"),
        appointment__region=OuterRef("region"),
        appointment__status__in=[AppointmentStatus.BOOKED, AppointmentStatus.KEPT],
    )
    today = clock.today()
    return (
        File.objects.filter(
            responsible_for(actor),
            first_appointment_due__gte=today - timedelta(days=LOOK_BACK_DAYS),
            first_appointment_due__lte=add_working_days(today, FIRST_APPOINTMENT_AT_RISK_WORKING_DAYS),
        )
        .exclude(Exists(met))
        .exclude(Exists(Member.objects.filter(person=OuterRef("person"), relation=Relation.CHILD)))
        .annotate(since=F("arrived_on"))
    )


def _came_back(actor: Actor) -> QuerySet[Referral]:
    """The last referral of a need that is open again, when it was declined, expired or stopped."""
    on_the_need = Referral.objects.filter(need=OuterRef("need"))
    return (
        Referral.objects.filter(
            responsible_for(actor, "file__"),
            status__in=_CAME_BACK,
            answer_due__gte=clock.today() - timedelta(days=LOOK_BACK_DAYS),
            need__status=NeedStatus.OPEN,
        )
        .exclude(Exists(on_the_need.filter(status__in=WITH_PARTNER)))
        .exclude(Exists(on_the_need.filter(pk__gt=OuterRef("pk"))))
        .annotate(since=Coalesce("ended_on", "answered_on"))
    )


def _unanswered(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.filter(responsible_for(actor, "file__"), status__in=AWAITING_ANSWER).annotate(
        since=F("sent_on")
    )


def _past_the_deadline(actor: Actor) -> QuerySet[Referral]:
    return _unanswered(actor).filter(answer_due__lt=clock.today())


def _past_the_reminder(actor: Actor) -> QuerySet[Referral]:
    left = REFERRAL_EXPIRY_WORKING_DAYS - REFERRAL_REMINDER_WORKING_DAYS
    today = clock.today()
    return _unanswered(actor).filter(answer_due__gte=today, answer_due__lte=add_working_days(today, left))


def _results(actor: Actor) -> QuerySet[Referral]:
    """Results whose step is still open or, where there is no step, whose need is."""
    unsettled = Q(step__status__in=OPEN_STEPS) | Q(step__isnull=True, need__closed_on__isnull=True)
    return Referral.objects.filter(
        unsettled,
        responsible_for(actor, "file__"),
        status=ReferralStatus.COMPLETED,
        ended_on__gte=clock.today() - timedelta(days=LOOK_BACK_DAYS),
    ).annotate(since=F("ended_on"))


def _overdue_steps(actor: Actor) -> QuerySet[Step]:
    """Open steps of agreed plans past their day, unless a partner has the person or has given its result."""
    with_partner = Referral.objects.filter(step=OuterRef("pk"), status__in=[*WITH_PARTNER, ReferralStatus.COMPLETED])
    steps = Step.objects.filter(
        responsible_for(actor, "file__"),
        status__in=OPEN_STEPS,
        due_on__lt=clock.today(),
        plan__status=PlanStatus.AGREED,
    )
    if actor.region_id is not None:
        steps = steps.filter(region_id=actor.region_id)
    return steps.exclude(Exists(with_partner)).annotate(since=F("due_on"))


def _to_finish(actor: Actor) -> QuerySet[Assessment]:
    return Assessment.objects.filter(
        responsible_for(actor, "file__"),
        status=AssessmentStatus.DRAFT,
        started_at__gte=clock.now() - timedelta(days=LOOK_BACK_DAYS),
    ).annotate(since=F("started_at__date"))


def _to_plan(actor: Actor) -> QuerySet[Assessment]:
    """The last assessment of a file that has open needs and no plan yet."""
    return (
        Assessment.objects.filter(
            responsible_for(actor, "file__"),
            status=AssessmentStatus.COMPLETED,
            completed_at__gte=clock.now() - timedelta(days=LOOK_BACK_DAYS),
        )
        .filter(Exists(Need.objects.filter(file=OuterRef("file"), closed_on__isnull=True)))
        .exclude(Exists(Plan.objects.filter(file=OuterRef("file"))))
        .exclude(Exists(Assessment.objects.filter(file=OuterRef("file"), pk__gt=OuterRef("pk"))))
        .annotate(since=F("completed_at__date"))
    )


def _to_agree(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(responsible_for(actor, "file__"), status=PlanStatus.DRAFT).annotate(
        since=F("drafted_on")
    )


def _consents_withdrawn(actor: Actor) -> QuerySet[File]:
    return consents_withdrawn(File.objects.filter(responsible_for(actor)))


def _consents_ending(actor: Actor) -> QuerySet[File]:
    return consents_ending(File.objects.filter(responsible_for(actor)))


def _questions(actor: Actor) -> QuerySet[Referral]:
    return questions_asked(responsible_for(actor, "file__"))


def _dates(actor: Actor) -> QuerySet[Referral]:
    return dates_proposed(responsible_for(actor, "file__"))


def _corrections(actor: Actor) -> QuerySet[Referral]:
    return corrections_proposed(responsible_for(actor, "file__"))


_QUERIES = {
    Reason.QUESTION: _questions,
    Reason.DATES: _dates,
    Reason.CORRECTION: _corrections,
    Reason.APPOINTMENT: _appointments_today,
    Reason.OUTCOME_MISSING: _appointments_without_outcome,
    Reason.FIRST_APPOINTMENT: _to_meet,
    Reason.CAME_BACK: _came_back,
    Reason.CONSENT_WITHDRAWN: _consents_withdrawn,
    Reason.EXPIRED: _past_the_deadline,
    Reason.RESULT: _results,
    Reason.STEP_OVERDUE: _overdue_steps,
    Reason.NO_ANSWER: _past_the_reminder,
    Reason.CONSENT_ENDS: _consents_ending,
    Reason.TO_FINISH: _to_finish,
    Reason.TO_PLAN: _to_plan,
    Reason.TO_AGREE: _to_agree,
}
