"""Secrets encrypted in the database, with keys drawn from the installation's secret: one for each purpose."""

import base64
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SECOND_FACTORS = "arrimage second factors"


def encrypt(text: str, purpose: str = SECOND_FACTORS) -> str:
    return _fernet_of(_secrets(), purpose).encrypt(text.encode()).decode()


def decrypt(text: str, purpose: str = SECOND_FACTORS) -> str:
    """Return what `encrypt` was given, also under a former secret (`SECRET_KEY_FALLBACKS`)."""
    return _fernet_of(_secrets(), purpose).decrypt(text.encode()).decode()


def digests(text: str, purpose: str) -> list[str]:
    """Return the keyed digests (HMAC-SHA-256, hexadecimal) of a text: under the secret, then under former ones.

    The first is written; any of them finds.
    """
    return [hmac.digest(_derive(secret, purpose), text.encode(), "sha256").hex() for secret in _secrets()]


def _secrets() -> tuple[str, ...]:
    return settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS


@cache
def _fernet_of(secrets: tuple[str, ...], purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(secret, purpose))) for secret in secrets])


def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
