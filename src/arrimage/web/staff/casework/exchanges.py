"""What went to and fro about a referral, ready to show to its agent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.link_codes import half_hidden
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import AWAITING_ANSWER, WITH_PARTNER, ReferralStatus, Settlement, Verdict
from arrimage.casework.letters import SENT, contact_of, letters_of
from arrimage.casework.models import LinkEvent, Referral
from arrimage.casework.queries import dates_to_decide, messages_visible_to, reviews_visible_to
from arrimage.foundation import clock
from arrimage.web.parts import Moment
from arrimage.web.states import tone_of


@dataclass(frozen=True)
class ShownLetter:
    """A letter that carried a link: whether it was the reminder, what became of it, when."""

    is_reminder: bool
    letter: Letter

    @property
    def when(self) -> datetime:
        return self.letter.settled_at or self.letter.created_at


def exchanges_of(actor: Actor, referral: Referral) -> dict[str, Any]:
    """Return what a referral's page shows besides its states: letters, link, messages, dates, answers spoken of."""
    thread = list(messages_visible_to(actor).filter(referral=referral))
    reviews = list(reviews_visible_to(actor).filter(referral=referral))
    said = {each.key: each for each in reviews}
    contact = contact_of(referral)
    due = referral.reminder_due
    return {
        "letters": _letters(actor, referral),
        "contact": half_hidden(contact) if contact else "",
        "link_moments": _link_moments(referral),
        "awaits_answer": referral.status in AWAITING_ANSWER,
        "can_remind": referral.status == ReferralStatus.SENT and due is not None and due <= clock.today(),
        "thread": thread,
        "can_write": referral.status in WITH_PARTNER,
        "to_answer": any(each.from_partner and each.settled_at is None for each in thread),
        "dates": list(dates_to_decide(actor).filter(referral=referral)),
        "answers": [(answer, said.get(answer["key"])) for answer in referral.shared.get("answers", [])],
        "added": [each for each in reviews if each.verdict == Verdict.ADDED],
        "corrections": [each for each in reviews if each.settlement == Settlement.WAITING],
    }


def _letters(actor: Actor, referral: Referral) -> list[ShownLetter]:
    """Return the letters of a referral the actor sees. Elevated: nobody but the mail reaches letters."""
    with acting_as(actor), elevated():
        return [ShownLetter(each.kind != SENT, each) for each in letters_of(referral)]


def _link_moments(referral: Referral) -> list[Moment]:
    """Return what was done with the links, the last first."""
    events = LinkEvent.objects.filter(link__referral=referral).order_by("-happened_at", "-pk")
    return [
        Moment(title=event.get_step_display(), when=event.happened_at, who=event.address, tone=tone_of(event.step))
        for event in events
    ]
