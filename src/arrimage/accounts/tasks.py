"""What the clock asks of accounts."""

from importlib import import_module

from django.conf import settings

from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor


@job(name="accounts.forget_sessions", every="20 7 * * *")
def forget_sessions(actor: Actor) -> None:
    """Erase the sessions that have ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
