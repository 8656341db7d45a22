"""A partner's things to do, and the story of a referral as the partner may read it."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from arrimage.accounts.rights import Actor
from arrimage.casework.answers import answers_shown
from arrimage.casework.enums import AWAITING_ANSWER, ReferralStatus, Settlement
from arrimage.casework.models import DateProposal, Referral, ReferralMessage, SharedAnswerReview
from arrimage.casework.queries import reviews_visible_to
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_language, write_phone
from arrimage.web.actors import actor_in_words
from arrimage.web.partners.steps import proposed
from arrimage.web.parts import Moment, Todo, TodoGroup
from arrimage.web.states import tone_of

SHOWN = 8
_S = ReferralStatus


def facts_of(found: Referral) -> list[tuple[str, str]]:
    """Return how to reach the person and in which language, as it was shared."""
    shared = found.shared
    language = shared.get("language", "")
    return [
        (_("Langue"), write_language(language).capitalize() if language else ""),
        (_("Téléphone"), _link("tel", shared.get("phone", ""), write_phone(shared.get("phone", "")))),
        (_("Courriel"), _link("mailto", shared.get("email", ""), shared.get("email", ""))),
        (_("Lieu du service"), shared.get("location", "")),
    ]


def _link(scheme: str, address: str, words: str) -> str:
    """Return how to reach the person, one tap away."""
    return format_html('<a href="{}:{}">{}</a>', scheme, address, words) if address else ""


def reviews_of(actor: Actor, found: Referral) -> dict[str, SharedAnswerReview]:
    """Return what the organisation has said of the answers it was given, by their key."""
    return {each.key: each for each in reviews_visible_to(actor).filter(referral=found).exclude(key="")}


def shown_answers(actor: Actor, found: Referral) -> list[tuple[dict[str, str], SharedAnswerReview | None]]:
    """Return the answers that travelled, each with what the organisation says of it; none once consent is withdrawn."""
    said = reviews_of(actor, found)
    return [(answer, said.get(answer["key"])) for answer in answers_shown(actor, found)]


def todo_groups(referrals: QuerySet[Referral]) -> list[TodoGroup]:
    """Return what needs the organisation, by what it has to do, the nearest deadline first. One query a group."""
    today = clock.today()
    live = referrals.select_related("service")
    replied = ReferralMessage.objects.filter(referral=OuterRef("pk"), from_partner=False, settled_at__isnull=True)
    proposed_dates = DateProposal.objects.filter(referral=OuterRef("pk"), settlement=Settlement.WAITING)
    kinds: tuple[tuple[str, list[ReferralStatus], QuerySet[Referral]], ...] = (
        (_("Répondre"), [_S.SENT, _S.REMINDED], live.filter(status__in=AWAITING_ANSWER).order_by("answer_due", "pk")),
        (_("Message de l’agente ou de l’agent"), [], live.filter(Exists(replied)).order_by("sent_on", "pk")),
        (
            _("Dire si la personne est venue"),
            [_S.SCHEDULED],
            live.filter(status=_S.SCHEDULED, scheduled_for__lte=today).order_by("scheduled_for", "pk"),
        ),
        (
            _("Fixer une date"),
            [_S.ACCEPTED, _S.NO_SHOW],
            live.filter(~Exists(proposed_dates), status__in=[_S.ACCEPTED, _S.NO_SHOW]).order_by("answered_on", "pk"),
        ),
        (
            _("Commencer ou terminer le service"),
            [_S.ATTENDED, _S.STARTED],
            live.filter(status__in=[_S.ATTENDED, _S.STARTED]).order_by("started_on", "pk"),
        ),
        (
            _("Rendez-vous à venir"),
            [_S.SCHEDULED],
            live.filter(status=_S.SCHEDULED, scheduled_for__gt=today).order_by("scheduled_for", "pk"),
        ),
    )
    groups = []
    for reason, states, found in kinds:
        rows = list(found[: SHOWN + 1])
        if rows:
            query = "&".join(f"status={state.value}" for state in states) or "message=unread"
            more = f"{reverse('partners:referrals')}?{query}" if len(rows) > SHOWN else ""
            groups.append(TodoGroup(reason, [_todo(row, reason, to_read=not states) for row in rows[:SHOWN]], more))
    return groups


def _todo(referral: Referral, reason: str, *, to_read: bool) -> Todo:
    url = reverse("partners:referral", args=[referral.uid])
    coming = referral.status == _S.SCHEDULED and referral.scheduled_for and referral.scheduled_for > clock.today()
    if to_read:
        action = _("Lire")
    elif referral.status in AWAITING_ANSWER:
        action = _("Répondre")
    else:
        action = _("Voir") if coming else str(proposed(referral.status)[0].verb)
    return Todo(
        title=referral.shared.get("name", ""),
        reason=reason,
        url=url,
        action=action,
        detail=_detail(referral),
        since=None if coming or to_read else _since(referral),
        due=referral.answer_due if referral.status in AWAITING_ANSWER and not to_read else None,
    )


def _detail(referral: Referral) -> str:
    parts = [referral.shared.get("need", ""), referral.service.name]
    if referral.status == _S.SCHEDULED and referral.scheduled_for:
        parts.append(write_date(referral.scheduled_for, "EEEE d MMMM"))
    return " · ".join(filter(None, parts))


def _since(referral: Referral) -> date | None:
    """Return the day from which the referral waits in its state."""
    days: dict[str, Any] = {
        _S.SENT: referral.sent_on,
        _S.REMINDED: referral.reminded_on,
        _S.ACCEPTED: referral.answered_on,
        _S.SCHEDULED: referral.scheduled_for,
        _S.NO_SHOW: referral.scheduled_for,
        _S.ATTENDED: referral.scheduled_for,
        _S.STARTED: referral.started_on,
    }
    day: date | None = days.get(referral.status)
    return day


def moments(referral: Referral) -> list[Moment]:
    """Return what happened to a referral, the last first."""
    names = dict(ReferralStatus.choices)
    return [
        Moment(
            title=str(names.get(event.to_status, event.to_status)),
            when=event.happened_at,
            text=event.note,
            who=actor_in_words(event.actor_id, event.actor_name),
            tone=tone_of(event.to_status),
        )
        for event in reversed(referral.events.all())
    ]
