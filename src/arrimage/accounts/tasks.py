"""What the clock asks of accounts, and the letters."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

from django.conf import settings

from arrimage.accounts import letters
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor

FORGOTTEN_AFTER = timedelta(minutes=15)


@job(name="accounts.forget_sessions", every="20 7 * * *")
def forget_sessions(actor: Actor) -> None:
    """Erase the sessions that have ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@job(name="accounts.send_letter", queue="mail", retry=4)
def send_letter(actor: Actor, *, letter: UUID) -> None:
    """Hand a letter to the mail server; tried again after 10 s, 40 s, 160 s and 640 s when it takes nothing."""
    letters.send(letter)


@job(name="accounts.send_waiting_letters", queue="mail", every="*/15 * * * *")
def send_waiting_letters(actor: Actor) -> None:
    """Try again the letters that a mail server away for longer left behind."""
    waiting = letters.waiting_longer_than(FORGOTTEN_AFTER)
    send_letter.defer_each(letters.actor_of_the_mail(), [{"letter": uid} for uid in waiting])
