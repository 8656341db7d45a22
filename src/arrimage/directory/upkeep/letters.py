"""The letters of upkeep: the reminder to confirm what the directory says of an organisation, what became of a proposal.
In the language of the accounts that keep its page; no name of a person."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from arrimage.accounts.letters import Written, letter
from arrimage.directory.enums import ProposalStatus, Stage
from arrimage.directory.keepers import keepers_of
from arrimage.directory.models import Organisation, ProposalNotice, ReviewReminder
from arrimage.directory.upkeep.proposal_words import title_of

REMINDER = "directory.review_reminder"
DECIDED = "directory.proposal_decided"


@letter(REMINDER)
def write_review_reminder(reminder: UUID) -> Written | None:
    """Return the letter, unless the organisation has confirmed meanwhile, moved the day, or has no address."""
    found = ReviewReminder.objects.select_related("review__organisation").filter(uid=reminder).first()
    if found is None or found.review.confirmed_on is not None or found.review.due_on != found.due_on:
        return None
    organisation = found.review.organisation
    address = address_of(organisation)
    context = {
        "organisation": organisation.name,
        "due_on": found.due_on,
        "is_late": found.stage == Stage.AFTER,
        "address": _page("partners:organisation"),
    }
    language, also = languages_of(organisation)
    return Written(address, language, "review_reminder", context, also) if address else None


@letter(DECIDED)
def write_proposal_decided(notice: UUID) -> Written | None:
    """Return the letter, unless the person no longer keeps the organisation's page."""
    found = ProposalNotice.objects.select_related("proposal__organisation", "proposal__service", "user")
    told = found.filter(uid=notice).first()
    if told is None or not keepers_of(told.proposal.organisation_id).filter(pk=told.user_id).exists():
        return None
    proposal = told.proposal
    with translation.override(told.user.language):
        what = title_of(proposal)
    context = {
        "organisation": proposal.organisation.name,
        "record": str(proposal),
        "what": what,
        "is_accepted": proposal.status == ProposalStatus.ACCEPTED,
        "reason": proposal.reason,
        "address": _page("partners:proposals"),
    }
    return Written(told.user.email, told.user.language, "proposal_decided", context)


def address_of(organisation: Organisation) -> str:
    """Return where an organisation is written to about the directory; may be empty."""
    return organisation.email


def languages_of(organisation: Organisation) -> tuple[str, str]:
    """Return the language an organisation is written to in, and a second one (or an empty text): those of the accounts
    that keep its page, French first; French where there is none."""
    known = {user.language for user in keepers_of(organisation.pk)} or {"fr"}
    first, *others = sorted(known, key=lambda code: (code != "fr", code))
    return first, next(iter(others), "")


def _page(name: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name)}"
