"""Addresses that name one record to somebody without an account: its uid, signed for one purpose.

A forged or altered one is refused before anything is looked for. What it opens is read in the database each time.
"""

import base64
import binascii
from uuid import UUID

from django.core import signing


def token_for(uid: UUID, *, purpose: str) -> str:
    """Return the signed text that names a record in an address; it is worth nothing for another purpose."""
    return _signer(purpose).sign(base64.urlsafe_b64encode(uid.bytes).rstrip(b"=").decode())


def uid_in(token: str, *, purpose: str) -> UUID | None:
    """Return the uid a token names; None for one that was not made here, for this purpose."""
    try:
        raw = _signer(purpose).unsign(token)
        return UUID(bytes=base64.urlsafe_b64decode(raw + "=="))
    except (signing.BadSignature, binascii.Error, ValueError):
        return None


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=purpose, sep=".")
