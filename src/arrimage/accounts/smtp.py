"""Handing mail to a server, with one moment made known: just before the two signs that make the server take a message.

Until them the server takes nothing, whatever dies; after them it has the message.
"""

import re
import smtplib
from collections.abc import Callable

from django.core.mail.backends import smtp

_LEADING_DOT = re.compile(rb"(?m)^\.")
_END = b".\r\n"


class _KnownEnd(smtplib.SMTP):
    """SMTP whose `before_end` is called between the text of a message and its end."""

    before_end: Callable[[], None] | None = None

    def data(self, msg: object) -> tuple[int, bytes]:
        """Send the text of a message (bytes, lines ending in CRLF), then its end; return the server's answer."""
        if not isinstance(msg, bytes):
            raise TypeError("Django gives messages as bytes")
        code, reply = self.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        text = _LEADING_DOT.sub(b"..", msg)
        self.send(text if text.endswith(b"\r\n") else text + b"\r\n")
        if self.before_end is not None:
            self.before_end()
        self.send(_END)
        return self.getreply()


class _KnownEndTLS(_KnownEnd, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's, whose `before_end` is told when a message is about to be taken."""

    before_end: Callable[[], None] | None = None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _KnownEndTLS if self.use_ssl else _KnownEnd

    def open(self) -> bool | None:
        opened = super().open()
        if isinstance(self.connection, _KnownEnd):
            self.connection.before_end = self.before_end
        return opened
