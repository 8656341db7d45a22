"""What the passing of time does to a referral that nobody answers: a reminder, then its end."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.links import send_links
from arrimage.casework.actions.referral_changes import Answer, advance
from arrimage.casework.actions.referrals import expire_referrals
from arrimage.casework.enums import AWAITING_ANSWER, ReferralStatus
from arrimage.casework.letters import REMINDER
from arrimage.casework.models import Referral
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput

AT_ONCE = 500  # referrals locked together


@action
def remind_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """Remind the organisations that have not answered, once, with a fresh link."""

    def write(referral: Referral, item: Answer) -> None:
        day = item.on or clock.today()
        if referral.reminder_due is None or referral.reminder_due > day:
            raise InvalidInput(_("Il est trop tôt pour un rappel."))
        referral.reminded_on = day

    reminded = advance(actor, items, ReferralStatus.REMINDED, write, by_partner=False)
    send_links(actor, reminded, REMINDER)
    return reminded


def referrals_to_remind(day: date) -> list[Referral]:
    """Return the first referrals that wait for a reminder on `day`: not those whose time is over."""
    waiting = Referral.objects.filter(status=ReferralStatus.SENT, reminder_due__lte=day, answer_due__gte=day)
    return list(waiting.order_by("pk")[:AT_ONCE])


def referrals_to_expire(day: date) -> list[Referral]:
    """Return the first referrals nobody answered before `day`."""
    return list(Referral.objects.filter(status__in=AWAITING_ANSWER, answer_due__lt=day).order_by("pk")[:AT_ONCE])


def remind_and_expire(actor: Actor) -> None:
    """Do all that is due today, a few hundred referrals at a time."""
    today = clock.today()
    while late := referrals_to_expire(today):
        expire_referrals(actor, [Answer(each, note=_("Aucune réponse dans le délai.")) for each in late])
    while silent := referrals_to_remind(today):
        remind_referrals(actor, [Answer(each, note=_("Aucune réponse jusqu’ici.")) for each in silent])
