"""Where a file is: to meet, to assess, plan to draft, to agree, under way, closed."""

from datetime import datetime

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import AssessmentStatus, FileStatus, PlanStatus
from arrimage.casework.models import Assessment, File, Plan
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment, Attendance


class Stage(TextChoices):
    """How far the accompaniment is, worked out from the records: nobody types it."""

    TO_MEET = "to_meet", _("À rencontrer")
    TO_ASSESS = "to_assess", _("À évaluer")
    TO_PLAN = "to_plan", _("Plan à rédiger")
    TO_AGREE = "to_agree", _("Plan à convenir")
    UNDER_WAY = "under_way", _("Plan en cours")
    CLOSED = "over", _("Fermé")


def with_stage(files: QuerySet[File]) -> QuerySet[File]:
    """Add `stage` to each file."""
    of_file = {"file": OuterRef("pk")}
    met = Attendance.objects.filter(
        person=OuterRef("person"),
        appointment__region=OuterRef("region"),
        appointment__status__in=[AppointmentStatus.BOOKED, AppointmentStatus.KEPT],
    )
    return files.annotate(
        stage=Case(
            When(~Q(status=FileStatus.ACTIVE), then=Value(Stage.CLOSED.value)),
            When(Exists(Plan.objects.filter(**of_file, status=PlanStatus.AGREED)), then=Value(Stage.UNDER_WAY.value)),
            When(Exists(Plan.objects.filter(**of_file, status=PlanStatus.DRAFT)), then=Value(Stage.TO_AGREE.value)),
            When(
                Exists(Assessment.objects.filter(**of_file, status=AssessmentStatus.COMPLETED)),
                then=Value(Stage.TO_PLAN.value),
            ),
            When(Exists(met), then=Value(Stage.TO_ASSESS.value)),
            default=Value(Stage.TO_MEET.value),
            output_field=CharField(),
        )
    )


def with_next_appointment(files: QuerySet[File], after: datetime | None = None) -> QuerySet[File]:
    """Add `next_appointment` (an instant or None) to each file."""
    coming = Appointment.objects.filter(
        attendances__person=OuterRef("person"),
        region=OuterRef("region"),
        status=AppointmentStatus.BOOKED,
        starts_at__gte=after or clock.now(),
    ).order_by("starts_at")
    return files.annotate(next_appointment=Subquery(coming.values("starts_at")[:1]))
