"""Telling the database who is signing in, before anybody is signed in.

Row security lets an account and what belongs to it be reached by whoever is signed in to it, or is about to be
(`arrimage.user`: its key, from the session, a link, a passkey, or a sign-in that awaits its second factor), and lets
it be found by whoever gives its address (`arrimage.sign_in`). Every look-up of an account before sign-in goes through
here.
"""

from django.db import transaction

from arrimage.accounts.models import User
from arrimage.foundation.database import set_context


def say(**values: object) -> None:
    """Tell the database, when a transaction is open; a request always has one."""
    if transaction.get_connection().in_atomic_block:
        set_context(**values)


def claim_address(email: str) -> None:
    """Say that somebody signs in by this address."""
    say(sign_in=email.strip().lower())


def claim_account(key: object) -> None:
    """Say that somebody signs in to the account of this key."""
    say(user=key)


def account_by_address(email: str) -> User | None:
    """Return the account of an address, whatever its case, for somebody who is signing in."""
    claim_address(email)
    return User.objects.filter(email=email.strip().lower()).first()


def account_by_key(key: int) -> User | None:
    """Return the account that a link or a passkey names by its key."""
    claim_account(key)
    return User.objects.filter(pk=key).first()
