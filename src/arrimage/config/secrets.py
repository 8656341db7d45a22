"""The installation's secret keys: from the environment, or made once in the data folder outside production."""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets as generator
from pathlib import Path


class SecretMissing(RuntimeError):
    """The installation lacks a secret, or has one that is not well formed; the message says how to give it."""


def secret_key(data: Path, *, production: bool) -> str:
    """Return the secret key of this installation.

    Raises `SecretMissing` in production when `ARRIMAGE_SECRET_KEY` is missing: a key left on a disk is not a secret.
    """
    given = os.environ.get("ARRIMAGE_SECRET_KEY")
    if given:
        return given
    if production:
        raise SecretMissing("ARRIMAGE_ENV=production : indiquez ARRIMAGE_SECRET_KEY (50 caractères au hasard ou plus).")
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret-key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(generator.token_urlsafe(48))
    return path.read_text().strip()


def seal_key(secret: str, *, production: bool) -> bytes:
    """Return the key of the seals of the read journal (`ARRIMAGE_SEAL_KEY`), derived from `secret` outside production.

    Raises `SecretMissing` in production when there is none: who alters the journal must not find the key with it.
    """
    given = os.environ.get("ARRIMAGE_SEAL_KEY")
    if not given and production:
        raise SecretMissing(
            "ARRIMAGE_ENV=production : indiquez ARRIMAGE_SEAL_KEY (50 caractères au hasard ou plus), gardée hors de la "
            "base de données et de ses copies."
        )
    return hmac.new((given or secret).encode(), b"arrimage journal seal v1", hashlib.sha256).digest()


def attachment_keys(secret: str, *, production: bool) -> dict[str, bytes]:
    """Return the keys that wrap those of the attachments, by name, the current one first (32 bytes each).

    `ARRIMAGE_ATTACHMENT_KEYS` is `name:base64,name2:base64`. Raises `SecretMissing` in production without it, and when
    one is not well formed. Elsewhere a key is derived from the installation's secret.
    """
    given = os.environ.get("ARRIMAGE_ATTACHMENT_KEYS", "").strip()
    if not given:
        if production:
            raise SecretMissing(
                "ARRIMAGE_ENV=production : indiquez ARRIMAGE_ATTACHMENT_KEYS (nom:clé, la clé étant 32 octets au "
                "hasard en base64 : openssl rand -base64 32)."
            )
        return {"derived": hmac.new(secret.encode(), b"arrimage attachments", hashlib.sha256).digest()}
    keys: dict[str, bytes] = {}
    for entry in given.split(","):
        name, _, encoded = entry.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,40}", name) or len(key) != 32 or name in keys:
            raise SecretMissing(
                "ARRIMAGE_ATTACHMENT_KEYS : chaque clé s’écrit nom:base64, avec un nom à elle (40 lettres, chiffres, "
                "points ou tirets au plus) et 32 octets en base64 ; la première est la clé en usage."
            )
        keys[name] = key
    return keys
