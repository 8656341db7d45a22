"""The letters of referrals: to the service that is asked, with the link by which it answers. No name of a person."""

from uuid import UUID

from arrimage.accounts.letters import Written, letter
from arrimage.casework.links import address_of_link
from arrimage.casework.models import Referral, ReferralLink

SENT = "casework.referral_sent"
REMINDER = "casework.referral_reminder"
CODE = "casework.link_code"


def contact_of(referral: Referral) -> str:
    """Return the address referrals to this service go to: the service's, or else the organisation's; may be empty."""
    return referral.service.contact_email or referral.organisation.email


@letter(SENT)
def write_referral_sent(link: UUID) -> Written | None:
    return _with_link(link, "referral_sent")


@letter(REMINDER)
def write_referral_reminder(link: UUID) -> Written | None:
    return _with_link(link, "referral_reminder")


def _with_link(uid: UUID, template: str) -> Written | None:
    """Return the letter of a link, unless the referral was answered in the meantime or the service lost its address."""
    links = ReferralLink.objects.select_related("referral__service", "referral__organisation")
    link = links.filter(uid=uid).first()
    if link is None or not link.referral.is_awaiting_answer:
        return None
    referral = link.referral
    address = contact_of(referral)
    context = {
        "service": referral.service.name,
        "sent_on": referral.sent_on,
        "answer_due": referral.answer_due,
        "address": address_of_link(link),
    }
    return Written(address, "fr", template, context) if address else None
