"""The abstract record every operational table is made of."""

from uuid import UUID

import pgtrigger
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from arrimage.foundation.history import Change

__all__ = ["Change", "Record", "new_uid"]


def new_uid() -> UUID:
    """Return a UUIDv7: ordered by time, made by whoever creates the record (offline included)."""
    return uuid7()


class Record(models.Model):
    """A row people edit: a bigint key inside, a `uid` outside, a version that rises with every change.

    The version and the date of change are written by the database, so that no code path forgets them. A subclass
    with its own `Meta` inherits `Record.Meta`.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="count_versions",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
            )
        ]
