"""Removing the files of what was not saved after all.

Nothing tells Django's transactions to undo a file. So each thread remembers what it wrote and, once its request or
command is over, asks the database which of them it kept. What a killed process leaves is found by
`arrimage attachments check`.
"""

import logging
import threading
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from arrimage.accounts.context import acting_as
from arrimage.accounts.rights import system_actor
from arrimage.attachments import storage
from arrimage.attachments.errors import StorageNotAvailable
from arrimage.attachments.models import Attachment

logger = logging.getLogger(__name__)
KEEPER = system_actor("attachments")  # who looks after the files, for the database


class _Written(threading.local):
    def __init__(self) -> None:
        self.uids: set[UUID] = set()


_written = _Written()


def remember(uid: UUID) -> None:
    """Note that this thread wrote a file whose row is not committed yet."""
    _written.uids.add(uid)
    transaction.on_commit(lambda: _written.uids.discard(uid), robust=True)


def remove_undone(**_: Any) -> None:
    """Remove the files this thread wrote whose rows the database did not keep. A receiver of `request_finished`."""
    if not _written.uids:
        return
    try:
        with acting_as(KEEPER):
            kept = set(Attachment.objects.filter(uid__in=_written.uids).values_list("uid", flat=True))
        for uid in _written.uids - kept:
            storage.remove(uid)
    except (DatabaseError, OSError, StorageNotAvailable) as error:
        logger.error(
            "files of attachments that were not saved remain; « arrimage attachments check » says which: %s", error
        )
        return
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        _written.uids &= kept  # still in doubt: the larger transaction is not over
    else:
        _written.uids.clear()
        connection.close_if_unusable_or_obsolete()  # as Django does at the end of a request, before this
