"""What the parts of the directory have in common: each belongs to one record, and goes with it."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from arrimage.foundation.models import Record


def make_translations_stale(owner: str) -> pgtrigger.Trigger:
    """Return the trigger that marks the translations of a text as stale when its French original changes."""
    return pgtrigger.Trigger(
        name="make_translations_stale",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
        func=f"""
            UPDATE directory_translation SET status = 'stale'
            WHERE {owner}_id = NEW.id AND status IN ('machine', 'reviewed')
                AND to_jsonb(NEW) -> field IS DISTINCT FROM to_jsonb(OLD) -> field;
            RETURN NULL;
        """,
    )


def one_owner(prefix: str, *owners: str) -> models.CheckConstraint:
    """Return the constraint that exactly one of these relations is filled."""
    alternatives = (Q(**{f"{other}__isnull": other != owner for other in owners}) for owner in owners)
    return models.CheckConstraint(name=f"{prefix}_of_one_record", condition=reduce(or_, alternatives))


class Part(Record):
    """A record that belongs to one other, by the one of its `owners` relations that is filled."""

    owners: ClassVar[tuple[str, ...]]

    class Meta(Record.Meta):
        abstract = True

    @property
    def owner(self) -> Any:
        """Return the record it belongs to."""
        name = next(name for name in self.owners if getattr(self, f"{name}_id") is not None)
        return getattr(self, name)

    @property
    def keeper_id(self) -> int:
        """Return the key of the organisation that answers for it, up to which its owners lead."""
        owner = self.owner
        if isinstance(owner, Part):
            return owner.keeper_id
        key: int = owner.pk if owner._meta.model_name == "organisation" else owner.organisation_id
        return key
