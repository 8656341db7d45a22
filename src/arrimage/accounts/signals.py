"""What follows when somebody's password changes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set
from django.http import HttpRequest

from arrimage.accounts.models import User
from arrimage.accounts.revocation import end_sessions


def connect() -> None:
    for signal in (password_changed, password_set, password_reset):
        signal.connect(end_other_sessions, dispatch_uid="arrimage.accounts.end_other_sessions")
    password_reset.connect(forget_attempts, dispatch_uid="arrimage.accounts.forget_attempts")


def end_other_sessions(request: HttpRequest, user: User, **_: Any) -> None:
    """Whoever knew the former password is out; the session that changed it goes on."""
    own = request.session.session_key if request.user == user else None
    end_sessions(user, but=own)


def forget_attempts(request: HttpRequest, user: User, **_: Any) -> None:
    """A lockout ends for whoever proved, by a link, that the account is theirs."""
    get_adapter()._delete_login_attempts_cached_email(request, email=user.email)
