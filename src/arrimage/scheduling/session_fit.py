"""Which group sessions a person may attend: in their language, at their hours, with a place; and why not the others."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q

from arrimage.accounts.context import elevated
from arrimage.people.enums import Ability, FrenchStage
from arrimage.people.models import Person
from arrimage.people.rules import french_stage
from arrimage.scheduling.enums import EnrolmentStatus, Unfit
from arrimage.scheduling.models import BusyTime, Enrolment, GroupSession, Meeting

FRENCH = "fr"


def languages_followed(person: Person) -> set[str]:
    """Return the languages a person follows a group in: the one they ask for, those they speak well, French from the
    intermediate stage of listening. Empty when nothing is known of any. Two queries."""
    well = Q(speaks__gte=Ability.WELL) | Q(is_mother_tongue=True)
    followed = {person.preferred_language, *person.languages.filter(well).values_list("language", flat=True)} - {""}
    heard = person.french_levels.exclude(listening=None).values_list("listening", flat=True).first()
    if heard is not None and french_stage(heard) != FrenchStage.BEGINNER:
        followed.add(FRENCH)
    return followed


def why_not(person: Person, sessions: Iterable[GroupSession], full: Collection[int]) -> dict[int, list[Unfit]]:
    """Return, by key of the session, what keeps a person from attending each; `full` are the keys of those where no
    place is left. Four queries, whatever the number of sessions."""
    given = list(sessions)
    followed = languages_followed(person)
    done, seated = _programmes(person)
    busy = _at_taken_hours(person, given)
    return {
        session.pk: [
            reason
            for reason, holds in (
                (Unfit.FOLLOWED, session.programme_id in done),
                (Unfit.SEATED, session.programme_id in seated),
                (Unfit.LANGUAGE, bool(followed) and session.language not in followed),
                (Unfit.BUSY, session.pk in busy),
                (Unfit.FULL, session.pk in full),
            )
            if holds
        ]
        for session in given
    }


def _programmes(person: Person) -> tuple[set[int], set[int]]:
    """Return the programmes a person went through, and those they have a place in."""
    rows = Enrolment.objects.filter(
        person=person, status__in=(EnrolmentStatus.COMPLETED, EnrolmentStatus.ENROLLED)
    ).values_list("session__programme", "status")
    by_status: dict[str, set[int]] = {EnrolmentStatus.COMPLETED: set(), EnrolmentStatus.ENROLLED: set()}
    for programme, status in rows:
        by_status[status].add(programme)
    return by_status[EnrolmentStatus.COMPLETED], by_status[EnrolmentStatus.ENROLLED]


def _at_taken_hours(person: Person, sessions: Collection[GroupSession]) -> set[int]:
    """Return the keys of the sessions with a meeting at an hour the person is expected somewhere."""
    taken = BusyTime.objects.filter(person=person, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))
    with elevated():  # hours are the database's to say; these are the person's own
        return set(Meeting.objects.filter(Exists(taken), session__in=sessions).values_list("session", flat=True))
