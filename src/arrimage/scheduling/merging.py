"""What a merge of two persons does with their times: they follow, and nobody is expected twice at once."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_time
from arrimage.people.merging.registry import Held, move, refuse_when, stay
from arrimage.people.models import Person
from arrimage.scheduling.enums import EnrolmentStatus, WaitingStatus
from arrimage.scheduling.models import BusyTime, Enrolment, WaitingEntry


def declare() -> None:
    move("scheduling.Attendance", held=Held.DROP, called=gettext_lazy("Rendez-vous"))
    move("scheduling.Enrolment", held=Held.KEEP)
    move("scheduling.CalendarFeed", held=Held.KEEP)
    move("scheduling.WaitingEntry", held=Held.KEEP)
    stay("scheduling.BusyTime", why="the database writes it again from what takes the time")
    refuse_when(expected_twice_at_once)
    refuse_when(enrolled_twice)
    refuse_when(waiting_twice)


def expected_twice_at_once(survivor: Person, absorbed: Person) -> str:
    """Return what stands in the way when both are expected at one hour to come, in two places."""
    times = BusyTime.objects.filter(ends_at__gt=clock.now()).order_by("starts_at")
    own = list(times.filter(person=survivor))
    for taken in times.filter(person=absorbed):
        for other in own:
            apart = (taken.appointment_id, taken.meeting_id) != (other.appointment_id, other.meeting_id)
            if apart and taken.starts_at < other.ends_at and other.starts_at < taken.ends_at:
                return _(
                    "Les deux fiches ont chacune un rendez-vous ou une séance le %(day)s, à %(one)s et à %(other)s. "
                    "Déplacez ou annulez d’abord l’un des deux, puis revenez fusionner."
                ) % {
                    "day": write_date(other.starts_at, "EEEE d MMMM"),
                    "one": write_time(other.starts_at),
                    "other": write_time(taken.starts_at),
                }
    return ""


def enrolled_twice(survivor: Person, absorbed: Person) -> str:
    """Return what stands in the way when both hold or await a place in one session to come."""
    waited = Enrolment.objects.filter(status__in=[EnrolmentStatus.WAITING, EnrolmentStatus.ENROLLED])
    own = waited.filter(person=survivor)
    twice = waited.filter(person=absorbed, session__in=own.values("session")).select_related("session").first()
    if twice is None:
        return ""
    return _(
        "Les deux fiches sont inscrites à la même séance (%(session)s). Annulez d’abord une des deux inscriptions, "
        "puis revenez fusionner."
    ) % {"session": twice.session}


def waiting_twice(survivor: Person, absorbed: Person) -> str:
    """Return what stands in the way when both wait for one kind of appointment: the other would be offered a time."""
    waiting = WaitingEntry.objects.filter(status__in=[WaitingStatus.WAITING, WaitingStatus.OFFERED])
    own = waiting.filter(person=survivor)
    if not waiting.filter(person=absorbed, kind__in=own.values("kind")).exists():
        return ""
    return _("Les deux fiches sont sur la liste d’attente. Retirez-en une d’abord, puis revenez fusionner.")
