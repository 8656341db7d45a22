"""What appointments hold of a person, for their own copy."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from arrimage.people.models import Person
from arrimage.privacy.portability.registry import Extra, Ground, Withheld, register, register_circle, withhold
from arrimage.privacy.portability.values import Reading
from arrimage.scheduling.models import Appointment, Attendance


def declare() -> None:
    register("scheduling.Appointment", "persons", extra={"note": Extra(_("note"), _note)})
    register("scheduling.Attendance", "person", label=_("Présences aux rendez-vous"))
    register(
        "scheduling.Interpretation",
        "appointment__persons",
        "meeting__session__enrolments__person",
        withheld=dict.fromkeys(("code_digest", "code_sent_at", "wrong_tries", "codes_sent"), Ground.SECURITY),
    )
    register("scheduling.GroupSession", "enrolments__person")
    register("scheduling.Meeting", "session__enrolments__person")
    register("scheduling.Enrolment", "person")
    register("scheduling.MeetingPresence", "enrolment__person")
    register("scheduling.Attestation", "enrolment__person")
    register("scheduling.CalendarFeed", "person", withheld={"digest": Ground.SECURITY})
    register("scheduling.WaitingEntry", "person")
    withhold(Ground.NOT_ABOUT, "scheduling.Interpreter")
    withhold(Ground.COPY, "scheduling.BusyTime")
    register_circle("appointments", _others)


def _note(appointment: Appointment, reading: Reading) -> str | Withheld:
    """Return the note, unless the appointment was for others too: one cannot tell of whom it speaks."""
    others = Attendance.objects.filter(appointment=appointment).exclude(person=reading.person)
    if appointment.note and others.exists():
        return Withheld(Ground.OTHER_PERSON)
    return appointment.note


def _others(person: Person) -> Iterable[Person]:
    return Person.objects.filter(appointments__in=Appointment.objects.filter(persons=person)).exclude(pk=person.pk)
