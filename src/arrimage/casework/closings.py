"""What a file leaves open, to be settled before it closes; and how it ended, once it has."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from arrimage.casework.enums import NOT_MET_YET, OPEN_STEPS, WITH_PARTNER
from arrimage.casework.models import File, Need, Referral, Step
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment


@dataclass(frozen=True)
class OpenEnds:
    """The open needs and steps of a file, its referrals at a partner, its person's appointments ahead."""

    needs: list[Need] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    to_take_back: list[Referral] = field(default_factory=list)  # the organisation has not met the person yet
    under_way: list[Referral] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)  # each with `guests`, how many it is for


def open_ends(file: File) -> OpenEnds:
    """Return what closing a file must settle. Four queries."""
    live = list(
        Referral.objects.filter(file=file, status__in=WITH_PARTNER)
        .select_related("service", "organisation", "need")
        .order_by("pk")
    )
    return OpenEnds(
        needs=list(Need.objects.filter(file=file, closed_on__isnull=True).select_related("theme")),
        steps=list(Step.objects.filter(file=file, status__in=OPEN_STEPS)),
        to_take_back=[referral for referral in live if referral.status in NOT_MET_YET],
        under_way=[referral for referral in live if referral.status not in NOT_MET_YET],
        appointments=list(appointments_ahead(file)),
    )


def appointments_ahead(file: File) -> QuerySet[Appointment]:
    """Return the appointments still to be held with the file's person in its region, the nearest first."""
    own = Appointment.objects.filter(attendances__person_id=file.person_id).values("pk")
    return (
        Appointment.objects.filter(
            pk__in=own, region_id=file.region_id, status=AppointmentStatus.BOOKED, starts_at__gte=clock.now()
        )
        .annotate(guests=Count("attendances"))
        .select_related("agent", "service_point")
        .order_by("starts_at", "pk")
    )
