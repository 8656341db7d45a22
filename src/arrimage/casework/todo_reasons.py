"""The reasons why something needs an agent, and everything each of them covers."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.enums import TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.charge import responsible_for, within_charge
from arrimage.casework.enums import (
    AWAITING_ANSWER,
    OPEN_STEPS,
    WITH_PARTNER,
    AssessmentStatus,
    NeedStatus,
    PlanStatus,
    ReferralStatus,
    StepStatus,
)
from arrimage.casework.first_appointments import LOOK_BACK_DAYS, without_appointment
from arrimage.casework.models import Assessment, File, FollowUp, Need, Note, Plan, Referral, ReferralEvent, Step
from arrimage.casework.rules import REFERRAL_EXPIRY_WORKING_DAYS, REFERRAL_REMINDER_WORKING_DAYS
from arrimage.casework.todo_consents import consents_ending, consents_withdrawn
from arrimage.casework.todo_contacts import handed_over, milestones, planned_contacts, to_assign
from arrimage.casework.todo_missed import missed_appointments
from arrimage.casework.todo_partners import corrections_proposed, dates_proposed, questions_asked
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.territory.working_days import add_working_days

FIRST_APPOINTMENT_AT_RISK_WORKING_DAYS = 2


class Reason(TextChoices):
    """Why something needs the agent, the most pressing first."""

    APPOINTMENT = "appointment", _("Rendez-vous d’aujourd’hui")
    OUTCOME_MISSING = "outcome_missing", _("Rendez-vous passés : dire s’ils ont eu lieu")
    MISSED = "missed", _("Absences : joindre la personne et fixer un autre rendez-vous")
    FIRST_APPOINTMENT = "first_appointment", _("Premier rendez-vous à fixer")
    QUESTION = "question", _("Questions d’organismes")
    DATES = "dates", _("Dates proposées par des organismes : en convenir avec la personne")
    CAME_BACK = "came_back", _("Besoins revenus : réorienter la personne")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consentements retirés : en reparler avec la personne")
    EXPIRED = "expired", _("Orientations sans réponse, délai écoulé")
    TO_ASSIGN = "to_assign", _("Dossiers reçus par transfert : à attribuer")
    HANDED_OVER = "handed_over", _("Dossiers reçus : en prendre connaissance")
    PLANNED_CONTACT = "planned_contact", _("Contacts prévus : joindre la personne")
    RESULT = "result", _("Résultats reçus : faire le suivi et clore la démarche")
    NOTE_WITHDRAWN = "note_withdrawn", _("Notes que vous aviez écrites, retirées")
    STEP_OVERDUE = "step_overdue", _("Démarches en retard")
    STEP_STILL = "step_still", _("Démarches en cours sans nouvelle")
    NO_ANSWER = "no_answer", _("Orientations en attente de réponse")
    CORRECTION = "correction", _("Réponses corrigées par des organismes")
    CONSENT_ENDS = "consent_ends", _("Consentements à renouveler : une orientation en dépend")
    TO_FINISH = "to_finish", _("Évaluations à terminer")
    TO_PLAN = "to_plan", _("Plans d’action à rédiger")
    TO_AGREE = "to_agree", _("Plans d’action à convenir")
    MILESTONE_6 = "milestone_6", _("Suivis à 6 mois : demander des nouvelles")
    MILESTONE_12 = "milestone_12", _("Suivis à 12 mois : demander des nouvelles")
    MILESTONE_24 = "milestone_24", _("Suivis à 24 mois : demander des nouvelles")


# Working days within which we answer for each thing, from the day it came (assumed: a service standard of ours).
ANSWERED_WITHIN = {
    Reason.QUESTION: 2,
    Reason.DATES: 2,
    Reason.CORRECTION: 10,
    Reason.CAME_BACK: 2,
    Reason.CONSENT_WITHDRAWN: 2,
    Reason.TO_ASSIGN: 1,
    Reason.HANDED_OVER: 2,
    Reason.RESULT: 5,
    Reason.NOTE_WITHDRAWN: 5,
    Reason.TO_FINISH: 5,
    Reason.TO_PLAN: 5,
    Reason.TO_AGREE: 10,
}
# Referrals that come up by themselves: unanswered, or whose result waits to be settled.
_SEEN_OTHERWISE = (ReferralStatus.SENT, ReferralStatus.COMPLETED)
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


# --- What each reason covers ----------------------------------------------------------------------------------------
def _appointments(actor: Actor) -> QuerySet[Appointment]:
    appointments = Appointment.objects.filter(within_charge(actor), status=AppointmentStatus.BOOKED)
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
    soon = add_working_days(clock.today(), FIRST_APPOINTMENT_AT_RISK_WORKING_DAYS)
    files = File.objects.filter(responsible_for(actor), first_appointment_due__lte=soon)
    return without_appointment(files).annotate(since=F("arrived_on"))


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


def _still_steps(actor: Actor) -> QuerySet[Step]:
    """Steps under way in agreed plans, not late yet, of which nobody heard for `STILL_WORKING_DAYS`: neither the step
    nor a referral for it moved, and no contact spoke of it."""
    since = clock.at(add_working_days(clock.today(), -settings.STILL_WORKING_DAYS), 0)
    moved = ReferralEvent.objects.filter(referral__step=OuterRef("pk"), happened_at__gte=since)
    spoken = FollowUp.objects.filter(step=OuterRef("pk"), happened_on__gte=since.date())
    steps = Step.objects.filter(
        responsible_for(actor, "file__"),
        status=StepStatus.IN_PROGRESS,
        due_on__gte=clock.today(),
        updated_at__lt=since,
        plan__status=PlanStatus.AGREED,
    )
    if actor.region_id is not None:
        steps = steps.filter(region_id=actor.region_id)
    waits_for_answer = Referral.objects.filter(step=OuterRef("pk"), status__in=_SEEN_OTHERWISE)
    quiet = steps.exclude(Exists(moved)).exclude(Exists(spoken)).exclude(Exists(waits_for_answer))
    return quiet.annotate(since=F("updated_at__date"))


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


def _withdrawn_notes(actor: Actor) -> QuerySet[Note]:
    """One's own notes that somebody withdrew, until one has read why."""
    return Note.objects.filter(
        author_id=actor.user_id, withdrawn_on__isnull=False, withdrawal_seen_on__isnull=True
    ).annotate(since=F("withdrawn_on"))


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
    Reason.MISSED: missed_appointments,
    Reason.FIRST_APPOINTMENT: _to_meet,
    Reason.CAME_BACK: _came_back,
    Reason.CONSENT_WITHDRAWN: _consents_withdrawn,
    Reason.EXPIRED: _past_the_deadline,
    Reason.TO_ASSIGN: to_assign,
    Reason.HANDED_OVER: handed_over,
    Reason.PLANNED_CONTACT: planned_contacts,
    Reason.RESULT: _results,
    Reason.NOTE_WITHDRAWN: _withdrawn_notes,
    Reason.STEP_OVERDUE: _overdue_steps,
    Reason.STEP_STILL: _still_steps,
    Reason.NO_ANSWER: _past_the_reminder,
    Reason.CONSENT_ENDS: _consents_ending,
    Reason.TO_FINISH: _to_finish,
    Reason.TO_PLAN: _to_plan,
    Reason.TO_AGREE: _to_agree,
    Reason.MILESTONE_6: milestones(6),
    Reason.MILESTONE_12: milestones(12),
    Reason.MILESTONE_24: milestones(24),
}
