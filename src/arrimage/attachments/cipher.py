"""The encrypted form of a file: a header, then chunks of AES-256-GCM, so that memory stays bounded.

Header: `ARRIMAT1`, the size of a chunk of clear content (4 bytes, big-endian), the attachment's uid (16 bytes). It is
authenticated with every chunk. A chunk's nonce is its number (11 bytes) and a byte that says whether it is the last:
chunks cannot be moved, left out or cut off (the STREAM construction; Hoang, Reyhanitabar, Rogaway, Vizár, 2015). The
key serves one file only, so nonces never repeat under it.
"""

from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from arrimage.attachments.errors import ContentUnreadable

MAGIC = b"ARRIMAT1"
CHUNK = 64 * 1024
TAG = 16
HEADER_BYTES = len(MAGIC) + 4 + 16


def encrypted(clear: BinaryIO, key: bytes, uid: UUID) -> Iterator[bytes]:
    """Yield the encrypted form of `clear`, read from where it stands."""
    header = _header(uid)
    yield header
    cipher = AESGCM(key)
    number, chunk = 0, clear.read(CHUNK)
    while True:
        following = clear.read(CHUNK)
        yield cipher.encrypt(_nonce(number, last=not following), chunk, header)
        if not following:
            return
        number, chunk = number + 1, following


def decrypted(sealed: BinaryIO, key: bytes, uid: UUID) -> Iterator[bytes]:
    """Yield the clear content, chunk by chunk, each one verified before it is given.

    Raises `ContentUnreadable` at the first chunk that was altered, moved, added or left out, or when the file is
    another attachment's. Whoever must never give a part of a file reads it whole first (`storage.open_content`).
    """
    header = sealed.read(HEADER_BYTES)
    if header != _header(uid):
        raise altered()
    cipher = AESGCM(key)
    number, chunk = 0, sealed.read(CHUNK + TAG)
    while True:
        following = sealed.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, header)
        except InvalidTag as error:
            raise altered() from error
        if not following:
            return
        number, chunk = number + 1, following


def sealed_size(size: int) -> int:
    """Return how many bytes the encrypted form of `size` bytes takes."""
    chunks = max(1, -(-size // CHUNK))
    return HEADER_BYTES + size + chunks * TAG


def altered() -> ContentUnreadable:
    return ContentUnreadable(_("Le fichier de ce document a été altéré ou coupé : il n’est pas remis."))


def _header(uid: UUID) -> bytes:
    return MAGIC + CHUNK.to_bytes(4, "big") + uid.bytes


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
