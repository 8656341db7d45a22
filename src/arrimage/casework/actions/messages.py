"""Questions of an organisation about a referral, and the agents' answers: kept with it; e-mails say nothing of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from arrimage.accounts import letters
from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import PARTNER_ROLES
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.referral_changes import lock_live
from arrimage.casework.letters import ASKED, REPLIED
from arrimage.casework.models import Referral, ReferralMessage
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput


@dataclass(frozen=True)
class NewMessage:
    referral: Referral
    text: str


@action
def write_messages(actor: Actor, items: Sequence[NewMessage]) -> list[ReferralMessage]:
    """Write to the other side of referrals under way; what it had written is answered thereby."""
    from_partner = actor.role in PARTNER_ROLES
    written = []
    with elevated():
        for item in items:
            if not item.text.strip():
                raise InvalidInput(_("Écrivez votre message."), field="text")
            referral = lock_live(actor, item.referral, by_partner=from_partner)
            _settle(referral, from_partner=not from_partner)
            written.append(
                ReferralMessage(
                    referral=referral,
                    author_id=actor.user_id,
                    author_name=actor.name,
                    from_partner=from_partner,
                    text=item.text.strip(),
                )
            )
        ReferralMessage.objects.bulk_create(written)
    letters.post(actor, ASKED if from_partner else REPLIED, *(each.uid for each in written))
    return written


@action
def read_messages(actor: Actor, referrals: Sequence[Referral]) -> None:
    """Say that what the other side wrote is read, and asks for no answer."""
    from_partner = actor.role in PARTNER_ROLES
    with elevated():
        for referral in referrals:
            _settle(lock_live(actor, referral, by_partner=from_partner), from_partner=not from_partner)


def _settle(referral: Referral, *, from_partner: bool) -> None:
    waiting = ReferralMessage.objects.filter(referral=referral, from_partner=from_partner, settled_at__isnull=True)
    waiting.update(settled_at=clock.now())
