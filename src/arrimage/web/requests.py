"""The request of a view marked `allows(…)`: somebody acts in a role."""

from django.http import HttpRequest

from arrimage.accounts.rights import Actor
from arrimage.privacy.journal.models import BreakGlass


class ActingRequest(HttpRequest):
    """A request with its actor (`accounts.middleware.ActingUser` sets it)."""

    actor: Actor
    break_glass: BreakGlass  # set where a page shows a file by an exceptional access (`web.journal.read`)
