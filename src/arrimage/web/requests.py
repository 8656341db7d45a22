"""The request of a view marked `allows(…)`: somebody acts in a role."""

from django.http import HttpRequest

from arrimage.accounts.rights import Actor


class ActingRequest(HttpRequest):
    """A request with its actor (`accounts.middleware.ActingUser` sets it)."""

    actor: Actor
