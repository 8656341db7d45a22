"""Where the encrypted files are: a folder of their own, by uid, never served by the web server.

A file is written under a temporary name, forced to the disk, then renamed: it is there whole or not at all.
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from arrimage.attachments import cipher, keys
from arrimage.attachments.errors import ContentUnreadable, StorageNotAvailable
from arrimage.attachments.models import Attachment

logger = logging.getLogger(__name__)
SUFFIX = ".sealed"
WORKING = "working"  # the folder of what is being written or looked at by the virus scanner


def root() -> Path:
    """Return the folder of the attachments. Raises `StorageNotAvailable` when production was not told where it is."""
    if settings.ATTACHMENTS is None:
        raise StorageNotAvailable(_("Le dossier des documents n’est pas configuré (ARRIMAGE_ATTACHMENTS)."))
    return Path(settings.ATTACHMENTS)


def path_of(uid: UUID) -> Path:
    """Return where the file of an attachment is: the end of its uid, which is random, spreads 65,536 folders."""
    name = uid.hex
    return root() / name[-2:] / name[-4:-2] / f"{name}{SUFFIX}"


def write(uid: UUID, clear: BinaryIO, key: bytes) -> None:
    """Write the encrypted file of an attachment, readable by this account only (0600).

    Raises `StorageNotAvailable`, leaving nothing behind, when the disk is full or the folder cannot be written.
    """
    target = path_of(uid)
    try:
        make_folder(target.parent)
        with working_file(SUFFIX) as file:
            for chunk in cipher.encrypted(clear, key, uid):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).rename(target)
        _sync_folder(target.parent)
    except OSError as error:
        logger.error("attachment %s could not be written: %s", uid, error)
        target.unlink(missing_ok=True)
        raise StorageNotAvailable(
            _(
                "Le document n’a pas pu être enregistré : l’espace de rangement est plein ou ne répond pas. "
                "Réessayez plus tard ; si cela persiste, avertissez l’administration."
            )
        ) from error


class Content:
    """The clear content of an attachment, verified whole: iterate over it once, then close it."""

    def __init__(self, file: BinaryIO, key: bytes, uid: UUID) -> None:
        self._file, self._key, self._uid = file, key, uid

    def __iter__(self) -> Iterator[bytes]:
        return cipher.decrypted(self._file, self._key, self._uid)

    def close(self) -> None:
        self._file.close()


def open_content(attachment: Attachment) -> Content:
    """Return the clear content of an attachment, in chunks, once the whole of it has been verified.

    Raises `ContentUnreadable` before the first byte when it is destroyed, missing, cut, altered, or under a key this
    installation does not have.
    """
    if attachment.is_destroyed:
        raise ContentUnreadable(_("Ce document a été détruit."))
    key = keys.unwrap(keys.WrappedKey(attachment.key_id, bytes(attachment.wrapped_key)), attachment.uid)
    try:
        file = path_of(attachment.uid).open("rb")
    except OSError as error:
        logger.error("attachment %s cannot be opened: %s", attachment.uid, error)
        raise ContentUnreadable(_("Le fichier de ce document est introuvable.")) from error
    try:
        _verify(attachment, file, key)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Content(file, key, attachment.uid)


def verify(attachment: Attachment) -> None:
    """Raise `ContentUnreadable` unless the whole content of an attachment can be given back as it was taken."""
    open_content(attachment).close()


def remove(uid: UUID) -> bool:
    """Remove the file of an attachment; say whether there was one."""
    path = path_of(uid)
    if not path.exists():
        return False
    path.unlink(missing_ok=True)
    return True


def stored_files() -> Iterator[tuple[Path, UUID | None]]:
    """Yield every file there is, with the uid of its attachment; None for what is no attachment's."""
    for folder, _folders, names in os.walk(root()):
        for name in names:
            path = Path(folder, name)
            try:
                uid = UUID(hex=name.removesuffix(SUFFIX))
            except ValueError:
                yield path, None
            else:
                yield path, uid if path == path_of(uid) else None


@contextmanager
def working_file(suffix: str = "") -> Iterator[BinaryIO]:
    """Give a file (0600) in the folder of the attachments, gone afterwards unless it was renamed."""
    folder = root() / WORKING
    make_folder(folder)
    with NamedTemporaryFile(dir=folder, suffix=suffix, delete=False) as file:
        try:
            yield file  # type: ignore[misc]
        finally:
            Path(file.name).unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder only this account may enter, and the ones above it, up to the attachments' own."""
    if folder.is_dir():
        return
    if folder != root():
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _verify(attachment: Attachment, file: BinaryIO, key: bytes) -> None:
    digest, size = hashlib.sha256(), 0
    for chunk in cipher.decrypted(file, key, attachment.uid):
        digest.update(chunk)
        size += len(chunk)
    if size != attachment.size or digest.hexdigest() != attachment.sha256:
        raise cipher.altered()


def _sync_folder(folder: Path) -> None:
    """Force the name of a new file to the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
