"""The letters of referrals: to the service that is asked, with the link by which it answers; to either side, that
something waits. No name of a person, no word of theirs."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from arrimage.accounts.letters import Written, letter
from arrimage.accounts.models import Letter
from arrimage.casework.enums import WITH_PARTNER, Settlement
from arrimage.casework.links import address_of_link
from arrimage.casework.models import DateProposal, Referral, ReferralLink, ReferralMessage

SENT = "casework.referral_sent"
REMINDER = "casework.referral_reminder"
CODE = "casework.link_code"
ASKED = "casework.partner_asked"
REPLIED = "casework.agent_replied"
DATES_PROPOSED = "casework.dates_proposed"
DATES_REFUSED = "casework.dates_refused"


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


# --- Something waits ------------------------------------------------------------------------------------------------
@letter(ASKED)
def write_asked(message: UUID) -> Written | None:
    asked = ReferralMessage.objects.filter(uid=message, settled_at__isnull=True).select_related(*_WHOSE).first()
    return _to_agent(asked.referral, "partner_asked") if asked else None


@letter(REPLIED)
def write_replied(message: UUID) -> Written | None:
    replied = ReferralMessage.objects.filter(uid=message, settled_at__isnull=True).select_related(*_WHOSE).first()
    return _to_partner(replied.referral, "agent_replied") if replied else None


@letter(DATES_PROPOSED)
def write_dates_proposed(proposal: UUID) -> Written | None:
    waiting = DateProposal.objects.filter(uid=proposal, settlement=Settlement.WAITING)
    proposed = waiting.select_related(*_WHOSE).first()
    return _to_agent(proposed.referral, "dates_proposed") if proposed else None


@letter(DATES_REFUSED)
def write_dates_refused(proposal: UUID) -> Written | None:
    refused = DateProposal.objects.filter(uid=proposal).select_related(*_WHOSE).first()
    return _to_partner(refused.referral, "dates_refused") if refused else None


_WHOSE = ("referral__service", "referral__organisation", "referral__file__agent", "referral__worker")


def _to_agent(referral: Referral, template: str) -> Written | None:
    """Return a letter to the agent of the file: there is none to write to while nobody has it."""
    agent = referral.file.agent
    if agent is None or referral.status not in WITH_PARTNER:
        return None
    context = {"service": referral.service.name, "address": _page("staff:referral", referral)}
    return Written(agent.email, agent.language, template, context)


def _to_partner(referral: Referral, template: str) -> Written | None:
    """Return a letter to who follows the referral at the organisation, or else to its service's address."""
    if referral.status not in WITH_PARTNER:
        return None
    worker = referral.worker
    address, language = (worker.email, worker.language) if worker else (contact_of(referral), "fr")
    context = {"service": referral.service.name, "address": _page("partners:referral", referral)}
    return Written(address, language, template, context) if address else None


def _page(name: str, referral: Referral) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=[referral.uid])}"


# --- What left ------------------------------------------------------------------------------------------------------
def letters_of(referral: Referral) -> list[Letter]:
    """Return the letters that carry the links of a referral `elevated` work reaches, the first first."""
    links = ReferralLink.objects.filter(referral=referral).values("uid")
    return list(Letter.objects.filter(kind__in=[SENT, REMINDER], about__in=links).order_by("created_at", "pk"))
