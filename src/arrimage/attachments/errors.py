"""What can go wrong with the content of an attachment; each says so in a sentence."""

from arrimage.foundation.errors import DomainError, InvalidInput


class UploadRefused(InvalidInput):
    """A file is not taken; the sentence names the file and says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="upload")


class StorageNotAvailable(DomainError):
    """The folder of the attachments cannot be written (full disk, missing folder, rights)."""


class ContentUnreadable(DomainError):
    """The content of an attachment cannot be given back whole: missing, cut, altered, or its key is not known."""
