"""Appointments with the persons they are for and their files, as an agent's day shows them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.foundation import clock
from arrimage.people.models import Member, Person
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.scheduling.queries import appointments_visible_to


@dataclass(frozen=True)
class Meeting:
    """An appointment, and the active file of each person it is for (None where there is none in the region)."""

    appointment: Appointment
    guests: list[tuple[Person, File | None]]

    @property
    def first_file(self) -> File | None:
        return next((file for _person, file in self.guests if file), None)

    @property
    def may_have_happened(self) -> bool:
        """Say whether its outcome can be told: still booked, and its day has come."""
        return self.appointment.status == AppointmentStatus.BOOKED and self.appointment.starts_at < end_of_today()


def end_of_today() -> datetime:
    return clock.at(clock.today() + timedelta(days=1), 0)


def appointments_of_day(actor: Actor, day: date) -> QuerySet[Appointment]:
    """Return an agent's appointments of `day`, or those of a team lead's team, in the order of the hours."""
    appointments = appointments_visible_to(actor).filter(
        starts_at__gte=clock.at(day, 0), starts_at__lt=clock.at(day + timedelta(days=1), 0)
    )
    if actor.role == Role.INTEGRATION_AGENT:
        appointments = appointments.filter(agent_id=actor.user_id)
    elif actor.service_point_id is not None:
        appointments = appointments.filter(service_point_id=actor.service_point_id)
    return appointments.order_by("starts_at", "pk")


def meetings(actor: Actor, appointments: QuerySet[Appointment]) -> list[Meeting]:
    """Return appointments with their persons and files. Three queries."""
    guests = Prefetch("attendances", Attendance.objects.select_related("person").order_by("pk"))
    found = list(appointments.select_related("agent", "service_point").prefetch_related(guests))
    persons = {each.person_id for appointment in found for each in appointment.attendances.all()}
    files = {
        file.person_id: file for file in files_visible_to(actor).filter(person__in=persons, status=FileStatus.ACTIVE)
    }
    return [
        Meeting(appointment, [(each.person, files.get(each.person_id)) for each in appointment.attendances.all()])
        for appointment in found
    ]


def household_files(file: File) -> list[File]:
    """Return the active files, in the same region, of everybody in the person's household, theirs first."""
    own = Member.objects.filter(person_id=file.person_id, ends_on__isnull=True).values("household")
    around = Member.objects.filter(household__in=own, ends_on__isnull=True).values("person")
    files = File.objects.filter(person__in=around, region_id=file.region_id, status=FileStatus.ACTIVE)
    others = files.exclude(pk=file.pk).select_related("person").order_by("pk")
    return [file, *others]


def has_met(file: File) -> bool:
    """Say whether the person has, or had, an appointment in the region."""
    return Appointment.objects.filter(
        attendances__person_id=file.person_id,
        region_id=file.region_id,
        status__in=[AppointmentStatus.BOOKED, AppointmentStatus.KEPT],
    ).exists()
