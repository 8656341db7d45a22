"""A year of group sessions: one a month in each turn of the offices, then those to come; invented, deterministic."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random

from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.demo.accounts import actor_for
from arrimage.demo.tables.staff import OFFICES
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.people.models import Person
from arrimage.scheduling.attendance import close_session, issue_attestations, note_presences
from arrimage.scheduling.enums import EnrolmentStatus, Presence
from arrimage.scheduling.group_sessions import NewMeeting, cancel_session, enrol, plan_session
from arrimage.scheduling.models import GroupSession, Room, SessionProgramme
from arrimage.scheduling.reference import OBJECTIF_INTEGRATION
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import add_working_days

SEED = 2026
MONTHS_BEFORE = 12
DAYS = 4  # of six hours: the programme's twenty-four
HALVES = ((9, 12), (13, 16))
PLACES = 10
LANGUAGES = ("fr", "fr", "es", "fr", "ar", "en")
GROWN_UP = timedelta(days=18 * 366)
PRESENCES = (Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED)
WEIGHTS = (88, 8, 4)
# Working days from today, and how many ask for each: one has a line, one is full, the third is cancelled for the last.
TO_COME = ((3, 13), (10, PLACES), (17, 4), (25, 1))


def hold_sessions(today: date, person: Person) -> None:
    """Hold the sessions of the year before `today`; plan those to come, `person` in one, and cancel one."""
    random = Random(SEED)
    leads = cycle([actor_for(f"equipe{rank}") for rank in range(1, len(OFFICES) + 1)])
    asked: set[int] = {person.pk}
    for month in range(MONTHS_BEFORE, 0, -1):
        start = add_working_days(today - timedelta(days=30 * month), 1)
        lead = next(leads)
        session = _planned(lead, start, LANGUAGES[month % len(LANGUAGES)])
        _ask(lead, session, start - timedelta(days=10), PLACES + month % 3, asked)
        _attend(lead, session, random)
    seated, coming = False, []
    for days, wanted in TO_COME:
        lead = next(leads)
        session = _planned(lead, add_working_days(today, days), "fr")
        seated = seated or _seat(lead, session, person, today)
        _ask(lead, session, today - timedelta(days=1), wanted, asked)
        coming.append(session)
    *_others, cancelled, instead = coming
    cancel_session(next(leads), cancelled, into=instead)


def _planned(lead: Actor, start: date, language: str) -> GroupSession:
    point = ServicePoint.objects.get(pk=lead.service_point_id or 0)
    room = Room.objects.filter(service_point=point, places__gte=PLACES).first()
    days = [start, *(add_working_days(start, more) for more in range(1, DAYS))]
    meetings = [
        NewMeeting(clock.at(day, first), clock.at(day, last), room=room) for day in days for first, last in HALVES
    ]
    programme = SessionProgramme.objects.get(code=OBJECTIF_INTEGRATION, region=None)
    return plan_session(lead, programme, point, meetings, places=PLACES, language=language)


def _ask(lead: Actor, session: GroupSession, day: date, wanted: int, asked: set[int]) -> None:
    """Let `wanted` persons ask for a place; who is expected elsewhere at these hours does not."""
    done = 0
    for rank, person in enumerate(_persons(session, day, asked)):
        if done == wanted:
            return
        asked.add(person.pk)
        done += _seat(lead, session, person, day, rank % 60)


def _seat(lead: Actor, session: GroupSession, person: Person, day: date, minute: int = 0) -> bool:
    """Enrol a person, or put them in the line; False when they are expected elsewhere at these hours."""
    try:
        enrol(lead, session, [person], asked_at=clock.at(day, 9, minute))
    except Conflict:
        return False
    return True


def _persons(session: GroupSession, day: date, asked: set[int]) -> Iterator[Person]:
    files = File.objects.filter(
        service_point=session.service_point, opened_on__lt=day, person__birth_date__lt=day - GROWN_UP
    ).exclude(person__in=asked)
    return (file.person for file in islice(files.select_related("person").order_by("-opened_on", "pk"), 200))


def _attend(lead: Actor, session: GroupSession, random: Random) -> None:
    seated = list(session.enrolments.filter(status=EnrolmentStatus.ENROLLED).order_by("pk"))
    for meeting in session.meetings.all():
        note_presences(lead, meeting, {each.pk: random.choices(PRESENCES, WEIGHTS)[0] for each in seated})
    close_session(lead, session)
    issue_attestations(lead, session)
