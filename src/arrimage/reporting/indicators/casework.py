"""The path of the persons accompanied, from the file to the result. What is shown of them is a file number."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from arrimage.casework.enums import AssessmentStatus, NeedStatus, PlanStatus, ReferralStatus, StepStatus
from arrimage.casework.models import Assessment, File, Need, Plan, Referral, Step
from arrimage.foundation import clock
from arrimage.reporting.indicators.base import (
    Group,
    Indicator,
    as_evidence,
    instant_within,
    local_day,
    within,
)
from arrimage.reporting.period import Period
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Attendance
from arrimage.territory.models import Region


def files_opened(region: Region, period: Period) -> QuerySet[Any]:
    return as_evidence(File.objects.filter(within("opened_on", period), region=region), "number", "opened_on")


def first_appointments_due(region: Region, period: Period) -> QuerySet[Any]:
    """Return the files judged: due in the period, and either past their day or already in time."""
    due = _due(region, period)
    if period.is_over:
        return due
    return due.filter(Q(first_appointment_due__lt=clock.today()) | Q(pk__in=_seen_in_time(region, period)))


def first_appointments_in_time(region: Region, period: Period) -> QuerySet[Any]:
    return _due(region, period).filter(pk__in=_seen_in_time(region, period))


def persons_assessed(region: Region, period: Period) -> QuerySet[Any]:
    assessments = Assessment.objects.filter(
        instant_within("completed_at", period), region=region, status=AssessmentStatus.COMPLETED
    )
    return _persons(assessments, "completed_at", local_day("completed_at"))


def plans_agreed(region: Region, period: Period) -> QuerySet[Any]:
    plans = Plan.objects.filter(
        within("agreed_on", period), region=region, status__in=[PlanStatus.AGREED, PlanStatus.CLOSED]
    )
    return as_evidence(plans, "file__number", "agreed_on")


def steps_done(region: Region, period: Period) -> QuerySet[Any]:
    steps = Step.objects.filter(within("done_on", period), region=region, status=StepStatus.DONE)
    return as_evidence(steps, "file__number", "done_on")


def referrals_sent(region: Region, period: Period) -> QuerySet[Any]:
    referrals = Referral.objects.filter(within("sent_on", period), region=region).exclude(status=ReferralStatus.DRAFT)
    return as_evidence(referrals, "file__number", "sent_on")


def referrals_completed(region: Region, period: Period) -> QuerySet[Any]:
    return as_evidence(_completed(region, period), "file__number", "ended_on")


def persons_with_result(region: Region, period: Period) -> QuerySet[Any]:
    return _persons(_completed(region, period), "ended_on", F("ended_on"))


def needs_met(region: Region, period: Period) -> QuerySet[Any]:
    needs = Need.objects.filter(within("closed_on", period), region=region, status=NeedStatus.MET)
    return as_evidence(needs, "file__number", "closed_on")


def _due(region: Region, period: Period) -> QuerySet[Any]:
    """Return the files whose first appointment falls due in the period."""
    files = File.objects.filter(within("first_appointment_due", period), region=region)
    return as_evidence(files, "number", "first_appointment_due")


def _seen_in_time(region: Region, period: Period) -> QuerySet[Any]:
    """Return the keys of the files due in the period whose person has a first appointment in time."""
    attendances = Attendance.objects.annotate(day=local_day("appointment__starts_at")).filter(
        Q(appointment__status=AppointmentStatus.KEPT)
        | Q(appointment__status=AppointmentStatus.BOOKED, appointment__starts_at__gte=clock.now()),
        within("person__files__first_appointment_due", period),
        person__files__region=region,
        appointment__region=region,
        appointment__kind=AppointmentKind.FIRST,
        day__gte=F("person__files__arrived_on"),
        day__lte=F("person__files__first_appointment_due"),
    )
    return attendances.values("person__files")


def _completed(region: Region, period: Period) -> QuerySet[Referral]:
    return Referral.objects.filter(within("ended_on", period), region=region, status=ReferralStatus.COMPLETED)


def _persons(rows: QuerySet[Any], moment: str, day: Combinable) -> QuerySet[Any]:
    """Return the persons of these rows, each once: the first row (by `moment`) of each, which carries their uid."""
    first = rows.order_by("file__person_id", moment, "pk").distinct("file__person_id")
    return as_evidence(rows.filter(pk__in=first.values("pk")), "file__number", day, uid="file__person__uid")


INDICATORS = (
    Indicator(
        code="files_opened",
        group=Group.PERSONS,
        kind="file",
        label=_("Dossiers ouverts"),
        counted=ngettext_lazy("%(written)s dossier ouvert", "%(written)s dossiers ouverts", "count"),
        definition=_(
            "Nombre de dossiers d’accompagnement que la région a ouverts pendant la période, premier et dernier jours "
            "compris. Un dossier est celui d’une personne. Il compte dans la période de son ouverture, qu’il ait été "
            "fermé ou transféré depuis ou non."
        ),
        evidence=files_opened,
    ),
    Indicator(
        code="first_appointments_in_time",
        group=Group.PERSONS,
        kind="file",
        label=_("Premiers rendez-vous dans le délai"),
        counted=ngettext_lazy(
            "%(written)s dossier dont le premier rendez-vous est dans le délai",
            "%(written)s dossiers dont le premier rendez-vous est dans le délai",
            "count",
        ),
        definition=_(
            "Part, en pourcentage, des dossiers de la région dont le premier rendez-vous a lieu dans les cinq jours "
            "ouvrables de l’arrivée. Au dénominateur : les dossiers dont ce délai échoit pendant la période, premier "
            "et dernier jours compris, et dont l’échéance est passée ou le premier rendez-vous déjà dans le délai. Au "
            "numérateur : ceux de ces dossiers dont la personne a, dans la région, un premier rendez-vous tenu, ou "
            "fixé et encore à venir, entre le jour de l’arrivée et celui de l’échéance, ces deux jours compris. Un "
            "rendez-vous annulé, manqué, ou passé sans avoir été tenu ne compte pas au numérateur. Les dossiers dont "
            "la date d’arrivée est inconnue ne comptent pas."
        ),
        evidence=first_appointments_in_time,
        denominator=first_appointments_due,
        counted_out=ngettext_lazy(
            "%(written)s dossier dont le premier rendez-vous n’est pas dans le délai",
            "%(written)s dossiers dont le premier rendez-vous n’est pas dans le délai",
            "count",
        ),
    ),
    Indicator(
        code="persons_assessed",
        group=Group.PERSONS,
        kind="person",
        label=_("Personnes dont les besoins ont été évalués"),
        counted=ngettext_lazy(
            "%(written)s personne dont les besoins ont été évalués",
            "%(written)s personnes dont les besoins ont été évalués",
            "count",
        ),
        definition=_(
            "Nombre de personnes dont une évaluation des besoins a été terminée dans la région pendant la période, "
            "premier et dernier jours compris. Chaque personne compte une seule fois, quel que soit le nombre de ses "
            "évaluations. Les évaluations restées à l’état de brouillon ne comptent pas."
        ),
        evidence=persons_assessed,
    ),
    Indicator(
        code="plans_agreed",
        group=Group.PERSONS,
        kind="plan",
        label=_("Plans d’action convenus"),
        counted=ngettext_lazy("%(written)s plan d’action convenu", "%(written)s plans d’action convenus", "count"),
        definition=_(
            "Nombre de plans d’action individualisés de la région dont la personne a convenu pendant la période, "
            "premier et dernier jours compris. Un plan fermé depuis compte encore. Les brouillons ne comptent pas."
        ),
        evidence=plans_agreed,
    ),
    Indicator(
        code="steps_done",
        group=Group.PERSONS,
        kind="step",
        label=_("Démarches faites"),
        counted=ngettext_lazy("%(written)s démarche faite", "%(written)s démarches faites", "count"),
        definition=_(
            "Nombre de démarches des plans d’action de la région qui ont été faites pendant la période, premier et "
            "dernier jours compris. Les démarches à faire, en cours ou abandonnées ne comptent pas."
        ),
        evidence=steps_done,
    ),
    Indicator(
        code="referrals_sent",
        group=Group.PERSONS,
        kind="referral",
        label=_("Orientations envoyées"),
        counted=ngettext_lazy("%(written)s orientation envoyée", "%(written)s orientations envoyées", "count"),
        definition=_(
            "Nombre d’orientations de la région envoyées à un organisme pendant la période, premier et dernier jours "
            "compris, quelle qu’en soit la suite : une orientation refusée, expirée ou annulée après son envoi compte. "
            "Une même personne peut en avoir plusieurs. Les brouillons ne comptent pas."
        ),
        evidence=referrals_sent,
    ),
    Indicator(
        code="referrals_completed",
        group=Group.PERSONS,
        kind="referral",
        label=_("Orientations menées à terme"),
        counted=ngettext_lazy(
            "%(written)s orientation menée à terme", "%(written)s orientations menées à terme", "count"
        ),
        definition=_(
            "Nombre d’orientations de la région menées à terme pendant la période, premier et dernier jours compris, "
            "avec un résultat inscrit, que l’objectif soit atteint, atteint en partie ou non. C’est la date de fin qui "
            "compte, et non celle de l’envoi. Les orientations interrompues ne comptent pas."
        ),
        evidence=referrals_completed,
    ),
    Indicator(
        code="persons_with_result",
        group=Group.PERSONS,
        kind="person",
        label=_("Personnes ayant un résultat"),
        counted=ngettext_lazy(
            "%(written)s personne ayant un résultat", "%(written)s personnes ayant un résultat", "count"
        ),
        definition=_(
            "Nombre de personnes dont au moins une orientation de la région a été menée à terme, avec un résultat "
            "inscrit, pendant la période, premier et dernier jours compris. Chaque personne compte une seule fois, "
            "quel que soit le nombre de ses orientations et de ses dossiers. Les orientations interrompues ne comptent "
            "pas."
        ),
        evidence=persons_with_result,
    ),
    Indicator(
        code="needs_met",
        group=Group.PERSONS,
        kind="need",
        label=_("Besoins comblés"),
        counted=ngettext_lazy("%(written)s besoin comblé", "%(written)s besoins comblés", "count"),
        definition=_(
            "Nombre de besoins des personnes accompagnées par la région qui ont été déclarés comblés pendant la "
            "période, premier et dernier jours compris. Les besoins retirés ou clos sans avoir été comblés ne comptent "
            "pas."
        ),
        evidence=needs_met,
    ),
)
