"""The keys of attachments: each file has its own, encrypted ("wrapped") under one of the installation's.

The installation's keys come from the environment (`ARRIMAGE_ATTACHMENT_KEYS`), the current one first. Changing them is
`arrimage attachments rotate`: it wraps the files' keys anew and leaves the files alone.
"""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from arrimage.attachments.errors import ContentUnreadable

KEY_BYTES = 32
NONCE_BYTES = 12
PURPOSE = b"arrimage attachment key v1"


@dataclass(frozen=True)
class WrappedKey:
    """A file's key as the database keeps it: nonce and AES-256-GCM ciphertext, under the key `key_id`."""

    key_id: str
    sealed: bytes


def keyring() -> dict[str, bytes]:
    """Return the installation's keys by name, the current one first."""
    keys: dict[str, bytes] = settings.ATTACHMENT_KEYS
    return keys


def current_key_id() -> str:
    return next(iter(keyring()))


def new_key() -> bytes:
    """Return a key for one file."""
    return os.urandom(KEY_BYTES)


def wrap(key: bytes, uid: UUID) -> WrappedKey:
    """Encrypt a file's key under the current key; it opens for that attachment only."""
    key_id = current_key_id()
    nonce = os.urandom(NONCE_BYTES)
    return WrappedKey(key_id, nonce + AESGCM(keyring()[key_id]).encrypt(nonce, key, _bound_to(uid, key_id)))


def unwrap(wrapped: WrappedKey, uid: UUID) -> bytes:
    """Return a file's key. Raises `ContentUnreadable` when its key is not in the keyring, or is another one."""
    master = keyring().get(wrapped.key_id)
    if master is None:
        raise ContentUnreadable(
            _("Ce document est chiffré avec la clé « %(key)s », que cette installation n’a plus.")
            % {"key": wrapped.key_id}
        )
    nonce, sealed = wrapped.sealed[:NONCE_BYTES], wrapped.sealed[NONCE_BYTES:]
    try:
        return AESGCM(master).decrypt(nonce, sealed, _bound_to(uid, wrapped.key_id))
    except (InvalidTag, ValueError) as error:  # ValueError: the nonce or the ciphertext is cut
        raise ContentUnreadable(_("La clé de ce document ne s’ouvre pas : il n’est pas remis.")) from error


def _bound_to(uid: UUID, key_id: str) -> bytes:
    return b"\0".join((PURPOSE, key_id.encode(), uid.bytes))
