"""The letters that remind an organisation to confirm what the directory says of it. No name of a person."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from arrimage.accounts.letters import Written, letter
from arrimage.directory.enums import Stage
from arrimage.directory.models import Organisation, ReviewReminder

REMINDER = "directory.review_reminder"


@letter(REMINDER)
def write_review_reminder(reminder: UUID) -> Written | None:
    """Return the letter, unless the organisation has confirmed meanwhile, moved the day, or has no address."""
    found = ReviewReminder.objects.select_related("review__organisation").filter(uid=reminder).first()
    if found is None or found.review.confirmed_on is not None or found.review.due_on != found.due_on:
        return None
    address = address_of(found.review.organisation)
    context = {
        "organisation": found.review.organisation.name,
        "due_on": found.due_on,
        "is_late": found.stage == Stage.AFTER,
        "address": f"{settings.SITE_ADDRESS}{reverse('partners:organisation')}",
    }
    return Written(address, "fr", "review_reminder", context) if address else None


def address_of(organisation: Organisation) -> str:
    """Return where an organisation is written to about the directory; may be empty."""
    return organisation.email
