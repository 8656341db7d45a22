"""Appointments somebody missed, until they are reached or given another time."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from arrimage.accounts.rights import Actor
from arrimage.casework.charge import within_charge
from arrimage.casework.models import FollowUp
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment

FOLLOWED_DAYS = 30  # after that, the file's own deadlines say what is to be done
ANOTHER_TIME = (AppointmentStatus.BOOKED, AppointmentStatus.OFFERED, AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW)


def missed_appointments(actor: Actor) -> QuerySet[Appointment]:
    """Return what was missed of late: no other time since for any of those it was for, and nobody spoke to them."""
    another = Appointment.objects.filter(
        attendances__person__attendances__appointment=OuterRef("pk"),
        starts_at__gt=OuterRef("starts_at"),
        status__in=ANOTHER_TIME,
    )
    spoken = FollowUp.objects.filter(
        file__person__attendances__appointment=OuterRef("pk"), reached=True, happened_on__gte=OuterRef("since")
    )
    missed = Appointment.objects.filter(
        within_charge(actor),
        status=AppointmentStatus.NO_SHOW,
        starts_at__gte=clock.at(clock.today() - timedelta(days=FOLLOWED_DAYS), 0),
    ).annotate(since=TruncDate(F("starts_at")))
    return missed.exclude(Exists(another)).exclude(Exists(spoken))
