"""Group sessions: planned, filled in the order people asked, held, attested.

Who asked first is seated first; a place given back goes to the first of the line whose hours are free
(`docs/decisions/0034-places-in-group-sessions.md`). The database never lets more sit than there are places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.people.models import Person
from arrimage.scheduling.busy import clashes_said
from arrimage.scheduling.enums import SEATED, EnrolmentStatus, Mode, SessionStatus
from arrimage.scheduling.models import Enrolment, GroupSession, Meeting, Room, SessionProgramme
from arrimage.territory.models import ServicePoint

_E, _S = EnrolmentStatus, SessionStatus


@dataclass(frozen=True)
class NewMeeting:
    """A stretch of a session to be."""

    starts_at: datetime
    ends_at: datetime
    agent: User | None = None
    room: Room | None = None


@dataclass(frozen=True)
class Rebooked:
    """What became of the people of a cancelled session: seated again, in the line of the other, left without one."""

    seated: list[Person]
    waiting: list[Person]
    left: list[Person]


@action
def plan_session(
    actor: Actor,
    programme: SessionProgramme,
    service_point: ServicePoint,
    meetings: Sequence[NewMeeting],
    *,
    places: int,
    language: str = "fr",
    mode: Mode = Mode.ON_SITE,
    note: str = "",
) -> GroupSession:
    """Plan a session over its meetings. Raises `Conflict` when who leads one or its room is taken: nothing is written
    then; `InvalidInput` without a meeting, or with more places than a room has."""
    require_leading(actor, service_point.region_id)
    if not meetings:
        raise InvalidInput(_("Une séance a au moins une rencontre."), field="first_on")
    smallest = min((each.room.places for each in meetings if each.room), default=places)
    if places > smallest:
        raise InvalidInput(_("La salle a %(places)s places.") % {"places": smallest}, field="places")
    with clashes_said():
        session = GroupSession.objects.create(
            region_id=service_point.region_id,
            programme=programme,
            service_point=service_point,
            places=places,
            language=language,
            mode=mode,
            note=note,
            planned_by_id=actor.user_id,
        )
        Meeting.objects.bulk_create(
            [
                Meeting(
                    session=session, starts_at=each.starts_at, ends_at=each.ends_at, agent=each.agent, room=each.room
                )
                for each in meetings
            ]
        )
    return session


@action
def enrol(
    actor: Actor, session: GroupSession, persons: Sequence[Person], *, asked_at: datetime | None = None
) -> list[Enrolment]:
    """Enrol persons in a session, or put them in its line once it is full. Who already is stays where they are.

    `asked_at` is for a request that came on paper before; now unless told.

    Raises `Conflict` when the session is over or cancelled, or when a person is expected elsewhere at its hours.
    """
    _require_own_or_leading(actor, session, persons)
    with elevated():
        locked = _locked(session)
        if actor.role == Role.NEWCOMER and has_begun(locked):
            raise Conflict(_("Cette séance est déjà commencée. Choisissez-en une autre."))
        already = {each.person_id: each for each in _live(locked).filter(person__in=persons)}
        # Whoever asks now comes after the line, even when one of the line could not take a place.
        free = 0 if _live(locked).filter(status=_E.WAITING).exists() else _places_free(locked)
        done = []
        for person in persons:
            enrolment = already.get(person.pk)
            if enrolment is None:
                status = _E.ENROLLED if free > 0 else _E.WAITING
                free -= 1
                with clashes_said():
                    enrolment = Enrolment.objects.create(
                        session=locked,
                        person=person,
                        status=status,
                        asked_at=asked_at or clock.now(),
                        enrolled_by_id=actor.user_id,
                    )
            done.append(enrolment)
        return done


@action
def cancel_enrolment(actor: Actor, enrolment: Enrolment) -> list[Enrolment]:
    """Give a place back; return who gets it. Done twice, the second changes nothing.

    Raises `Conflict` once the session is over.
    """
    _require_own_or_leading(actor, enrolment.session, [enrolment.person])
    with elevated():
        locked = _locked(enrolment.session)
        current = Enrolment.objects.get(pk=enrolment.pk)
        if current.status == _E.CANCELLED:
            return []
        if current.status not in (_E.ENROLLED, _E.WAITING):
            raise Conflict(_("Cette séance est terminée : l’inscription ne s’annule plus."))
        current.status = _E.CANCELLED
        current.save(update_fields=["status"])
        return _fill(locked)


@action
def change_places(actor: Actor, session: GroupSession, places: int) -> list[Enrolment]:
    """Give a session more or fewer places; return who gets one. Never fewer than there are people seated."""
    require_leading(actor, session.region_id)
    with elevated():
        locked = _locked(session)
        seated = locked.enrolments.filter(status__in=SEATED).count()
        if places < max(seated, 1):
            raise InvalidInput(
                _("%(seated)s personnes ont déjà une place. Annulez d’abord des inscriptions.") % {"seated": seated},
                field="places",
            )
        locked.places = places
        locked.save(update_fields=["places"])
        return _fill(locked)


@action
def cancel_session(actor: Actor, session: GroupSession, *, into: GroupSession | None = None) -> Rebooked:
    """Cancel a session; its people go, in the order they asked, into another of the same programme, keeping their rank.

    Raises `Conflict` when the session is over, `InvalidInput` for another that is over or of another programme.
    """
    require_leading(actor, session.region_id)
    with elevated():
        # In the order of their keys: two leads who exchange two sessions do not wait for each other.
        both = sorted({each.pk: each for each in (session, into) if each}.values(), key=lambda each: each.pk)
        found = {each.pk: _locked(each) for each in both}
        locked = found[session.pk]
        if into is not None:
            into = found[into.pk]
            if into.pk == locked.pk or into.programme_id != locked.programme_id or has_begun(into):
                raise InvalidInput(_("Choisissez une autre séance à venir du même programme."), field="into")
        people = list(_live(locked).select_related("person").order_by("asked_at", "pk"))
        locked.status = _S.CANCELLED
        locked.save(update_fields=["status"])
        for each in people:
            each.status = _E.CANCELLED
            each.save(update_fields=["status"])
        return _rebook(actor, people, into)


def _rebook(actor: Actor, people: Sequence[Enrolment], into: GroupSession | None) -> Rebooked:
    done = Rebooked([], [], [])
    if into is None:
        done.left.extend(each.person for each in people)
        return done
    there = set(_live(into).values_list("person", flat=True))
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                session=into,
                person=each.person,
                status=_E.WAITING,
                asked_at=each.asked_at,
                enrolled_by_id=actor.user_id,
            )
            for each in people
            if each.person_id not in there
        ]
    )
    _fill(into)
    waiting = set(into.enrolments.filter(status=_E.WAITING).values_list("person", flat=True))
    for each in people:
        (done.waiting if each.person_id in waiting else done.seated).append(each.person)
    return done


def _fill(session: GroupSession) -> list[Enrolment]:
    """Seat the first of the line while places are free; who is expected elsewhere at these hours keeps their rank."""
    seated = []
    free = _places_free(session)
    for waiting in session.enrolments.filter(status=_E.WAITING).order_by("asked_at", "pk"):
        if free < 1:
            break
        waiting.status = _E.ENROLLED
        try:
            with clashes_said():
                waiting.save(update_fields=["status"])
        except Conflict:
            continue
        seated.append(waiting)
        free -= 1
    return seated


def has_begun(session: GroupSession) -> bool:
    """Say whether the first meeting of a session has started."""
    return session.meetings.filter(starts_at__lte=clock.now()).exists()


def _places_free(session: GroupSession) -> int:
    return session.places - session.enrolments.filter(status__in=SEATED).count()


def _live(session: GroupSession) -> QuerySet[Enrolment]:
    return session.enrolments.exclude(status=_E.CANCELLED)


def _locked(session: GroupSession) -> GroupSession:
    """Lock a session still to be held, and return it as it is now."""
    locked = GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.status != _S.PLANNED:
        raise Conflict(_("Cette séance est terminée ou annulée : rien n’y change plus."))
    return locked


def require_leading(actor: Actor, region_id: int) -> None:
    """Raise `NotAllowed` unless `actor` accompanies people in the region: who does leads sessions."""
    if not (actor.may(Right.ACCOMPANY) and actor.covers_region(region_id)):
        raise NotAllowed(_("Votre rôle ne permet pas de tenir cette séance."))


def _require_own_or_leading(actor: Actor, session: GroupSession, persons: Sequence[Person]) -> None:
    if actor.role == Role.NEWCOMER:
        if {person.pk for person in persons} != {actor.scope_id}:
            raise NotAllowed(_("Vous pouvez vous inscrire vous-même seulement."))
        return
    require_leading(actor, session.region_id)
    if any(person.region_id != session.region_id for person in persons):
        raise NotAllowed(_("Cette personne est inscrite dans une autre région."))
