"""Text messages: what a provider must do, and the two there are.

`ARRIMAGE_SMS_URL` names a provider that takes an HTTP request; without it, messages are written on the console.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import requests
from django.conf import settings

from arrimage.foundation.writing import write_phone

TIMEOUT = (5, 20)  # seconds to connect, to answer
TRY_AGAIN_LATER = frozenset({408, 425, 429})

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TextMessage:
    """A text for one number (E.164). `reference` is the same each time this message is tried."""

    number: str
    body: str
    reference: str


class NotTaken(OSError):
    """The provider did not take the message: it may be tried again."""


class Refused(Exception):
    """The provider will never take this message (a number that does not exist)."""


class TextProvider(Protocol):
    """Takes one message. `before_it_leaves` is called once, when nothing has left yet but the next step sends it."""

    def send(self, message: TextMessage, before_it_leaves: Callable[[], None]) -> None:
        """Raise `NotTaken` or `Refused` when it has surely not left; return when it has, or may have."""


class ConsoleProvider:
    """Writes messages where the server writes its log, as Django's console does with e-mail."""

    def send(self, message: TextMessage, before_it_leaves: Callable[[], None]) -> None:
        before_it_leaves()
        print(f"--- SMS · {write_phone(message.number)} ---\n{message.body}\n", flush=True)


class HttpProvider:
    """Posts JSON `{to, from, body, reference}` with a bearer token, the shape most providers share.

    2xx is taken; 408, 425, 429 and 5xx are not, for now; any other answer is a refusal. The reference is sent as
    `Idempotency-Key` too. A connection lost after the request left counts as taken: one reminder too few harms less
    than two in the night.
    """

    def __init__(self, url: str, token: str, sender: str) -> None:
        self.url, self.token, self.sender = url, token, sender

    def send(self, message: TextMessage, before_it_leaves: Callable[[], None]) -> None:
        body = {"to": message.number, "from": self.sender, "body": message.body, "reference": message.reference}
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": message.reference}
        before_it_leaves()
        try:
            answer = requests.post(self.url, json=body, headers=headers, timeout=TIMEOUT, allow_redirects=False)
        except requests.ConnectTimeout as error:
            raise NotTaken from error
        except requests.ConnectionError as error:
            if _never_connected(error):
                raise NotTaken from error
            logger.warning("a text message may have left: the provider's answer was lost")
            return
        except requests.Timeout:
            logger.warning("a text message may have left: the provider did not answer in time")
            return
        if 200 <= answer.status_code < 300:
            return
        if answer.status_code in TRY_AGAIN_LATER or answer.status_code >= 500:
            raise NotTaken(answer.status_code)
        raise Refused(answer.status_code)


def _never_connected(error: requests.ConnectionError) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError"}


def provider() -> TextProvider:
    """Return the provider the settings name."""
    if settings.SMS_URL:
        return HttpProvider(settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_FROM)
    return ConsoleProvider()
