"""Ending the sessions of somebody: at once, everywhere."""

from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from arrimage.accounts.models import User
from arrimage.accounts.seen import EVERY


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Return the sessions of `user` that have not ended by themselves, idle too long."""
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE + EVERY)
    return UserSession.objects.filter(user=user, last_seen_at__gt=timezone.now() - idle)


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End every session of `user`, except the one of key `but`; return how many there were."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    ended = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in ended:
        store.delete(session.session_key)
        session.delete()
    return len(ended)
