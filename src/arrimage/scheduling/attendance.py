"""What each came to of a session: presence by meeting, hours, completion, attestation."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.scheduling.enums import SEATED, EnrolmentStatus, Presence, SessionStatus
from arrimage.scheduling.group_sessions import require_leading
from arrimage.scheduling.models import Attestation, Enrolment, GroupSession, Meeting, MeetingPresence

_E, _S = EnrolmentStatus, SessionStatus
_HOUR = Decimal(3600)


@action
def note_presences(actor: Actor, meeting: Meeting, presences: Mapping[int, str]) -> None:
    """Write who came to a meeting, by key of the enrolment; what is written again replaces what was.

    Raises `InvalidInput` before the meeting starts or for somebody who is not seated, `Conflict` when the session was
    cancelled or an attestation issued. After the session is held, what each came to follows.
    """
    session = GroupSession.objects.select_for_update(of=("self",)).get(pk=meeting.session_id)
    require_leading(actor, session.region_id)
    if session.status == _S.CANCELLED:
        raise Conflict(_("Cette séance est annulée."))
    if meeting.starts_at > clock.now():
        raise InvalidInput(_("Cette rencontre est à venir : les présences se notent à partir de son début."))
    seated = {each.pk: each for each in session.enrolments.filter(status__in=SEATED)}
    if not presences.keys() <= seated.keys():
        raise InvalidInput(_("Une de ces personnes n’a plus de place dans la séance. Rechargez la page."))
    if not set(presences.values()) <= set(Presence.values):
        raise InvalidInput(_("Dites si la personne était présente, absente ou excusée."))
    known = {each.enrolment_id: each for each in meeting.presences.filter(enrolment__in=presences)}
    attested = set(Attestation.objects.filter(enrolment__in=presences).values_list("enrolment", flat=True))
    fresh, changed = [], []
    for key, presence in presences.items():
        row = known.get(key)
        if row is None:
            fresh.append(
                MeetingPresence(meeting=meeting, enrolment=seated[key], presence=presence, noted_by_id=actor.user_id)
            )
        elif row.presence != presence:
            if key in attested:
                raise Conflict(_("L’attestation est délivrée : ces présences ne changent plus."))
            row.presence, row.noted_by_id = presence, actor.user_id
            changed.append(row)
    MeetingPresence.objects.bulk_create(fresh)
    update_rows(MeetingPresence, changed, ["presence", "noted_by"])
    if session.status == _S.HELD:
        _settle(session, [seated[key] for key in presences])


@action
def close_session(actor: Actor, session: GroupSession) -> None:
    """Say a session was held: each seated person completed it, or not, by their hours; the line is dissolved.

    Raises `InvalidInput` before the end of its last meeting or while a presence was not noted.
    """
    locked = GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    require_leading(actor, locked.region_id)
    if locked.status != _S.PLANNED:
        raise Conflict(_("Cette séance est déjà terminée ou annulée."))
    meetings = list(locked.meetings.all())
    if any(meeting.ends_at > clock.now() for meeting in meetings):
        raise InvalidInput(_("La dernière rencontre n’est pas finie."))
    seated = list(locked.enrolments.filter(status=_E.ENROLLED))
    missing = len(seated) * len(meetings) - MeetingPresence.objects.filter(enrolment__in=seated).count()
    if missing:
        raise InvalidInput(_("Il manque %(n)s présences : notez-les d’abord.") % {"n": missing})
    locked.status = _S.HELD
    locked.save(update_fields=["status"])
    _settle(locked, seated)
    waiting = list(locked.enrolments.filter(status=_E.WAITING))
    for each in waiting:
        each.status = _E.CANCELLED
    update_rows(Enrolment, waiting, ["status"])


def _settle(session: GroupSession, seated: Iterable[Enrolment]) -> None:
    """Write what each came to by their hours."""
    enough = session.programme.attested_hours
    attended = hours_attended(session.enrolments.all())
    changed = []
    for each in seated:
        status = _E.COMPLETED if attended.get(each.pk, Decimal(0)) >= enough else _E.NOT_COMPLETED
        if each.status != status:
            each.status = status
            changed.append(each)
    update_rows(Enrolment, changed, ["status"])


def hours_attended(enrolments: QuerySet[Enrolment]) -> dict[int, Decimal]:
    """Return the hours of presence by key of the enrolment. One query."""
    rows = (
        MeetingPresence.objects.filter(enrolment__in=enrolments, presence=Presence.PRESENT)
        .values("enrolment")
        .annotate(time=Sum(F("meeting__ends_at") - F("meeting__starts_at")))
        .values_list("enrolment", "time")
    )
    return {key: Decimal(time.total_seconds()) / _HOUR for key, time in rows}


@action
def issue_attestations(actor: Actor, session: GroupSession) -> list[Attestation]:
    """Issue an attestation to each who completed a session and has none; return the new ones."""
    require_leading(actor, session.region_id)
    GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)  # asked twice at once, issued once
    completed = session.enrolments.filter(status=_E.COMPLETED, attestation__isnull=True)
    attended = hours_attended(completed)
    return Attestation.objects.bulk_create(
        [
            Attestation(enrolment=each, hours=attended[each.pk], issued_on=clock.today(), issued_by_id=actor.user_id)
            for each in completed.order_by("pk")
        ]
    )
