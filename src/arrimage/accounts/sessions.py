"""Sessions in the database, under row security: whoever knows its key reaches a session, and nobody else.

The settings name this module (`SESSION_ENGINE`). The session of the request also says who is signed in.
"""

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware

from arrimage.accounts.sign_in import say


class SessionStore(DatabaseSessionStore):
    """Says the key of the session before it is looked up, and who signs in before it is written."""

    @property
    def key_salt(self) -> str:
        return "arrimage.accounts.sessions"  # one for both stores here, which read what the other wrote

    def load(self) -> dict[str, Any]:
        say(session=self.session_key)
        return super().load()

    def exists(self, session_key: str) -> bool:
        say(session=session_key)
        return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:
        if self.session_key is not None:  # else a key is made first, and this method called again
            say(session=self.session_key)
        super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        say(session=session_key or self.session_key)
        super().delete(session_key)

    def __setitem__(self, key: str, value: Any) -> None:
        if key == SESSION_KEY:
            say(user=value)  # signing in writes who it is before anything else
        super().__setitem__(key, value)


class RequestSessionStore(SessionStore):
    """The session of the request: once read, the database knows who is signed in, or who awaits a second factor."""

    def load(self) -> dict[str, Any]:
        data = super().load()
        say(user=data.get(SESSION_KEY) or _awaiting(data))
        return data


class SessionMiddleware(DjangoSessionMiddleware):
    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.SessionStore = RequestSessionStore


def _awaiting(data: dict[str, Any]) -> object:
    """Return the key of the account whose password was right and whose second factor is awaited."""
    pending = data.get(LOGIN_SESSION_KEY)
    key = pending.get("user_pk") if isinstance(pending, dict) else None
    return url_str_to_user_pk(key) if key else ""
