"""Putting a past value of a record back, as its history kept it: checked as a new one would be, and with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeAlias, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.foundation.changes import Change, apply_changes, lock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.models import Record

R = TypeVar("R", bound=Record)
Field: TypeAlias = "models.Field[Any, Any]"


def always_open(_record: Record) -> str:
    """Say that a record may change, whatever its state."""
    return ""


@dataclass(frozen=True)
class Restorable(Generic[R]):
    """What may be put back on one kind of record, and by whom.

    `fields` never holds a state, a key, or what follows from a state. `write` is the room's own action (its rights,
    its rules); `closed` says in a sentence why this record changes no more, or nothing; `region` whose region keeps it,
    where more people see it than those who keep it.
    """

    rights: frozenset[Right]
    fields: frozenset[str]
    write: Callable[[Actor, R, dict[str, Any]], object]
    closed: Callable[[R], str] = always_open
    region: Callable[[R], int] | None = None

    def allows(self, actor: Actor, record: R) -> bool:
        """Say whether `actor` may put values back on `record`, whatever its state."""
        within = self.region is None or actor.covers_region(self.region(record))
        return within and any(actor.may(right) for right in self.rights)


@dataclass(frozen=True)
class Restoration(Generic[R]):
    """One value to put back: `kept` as the history has it, on the record as it was read at `version`, and why."""

    record: R
    field: str
    kept: Any
    version: int
    reason: str


def past_value(field: Field, kept: Any) -> Any:
    """Return a value of the history (JSON) as the field holds it. Raises `ValidationError` when it no longer fits."""
    if isinstance(kept, float):
        kept = Decimal(str(kept))
    return field.to_python(kept)


def write_plainly(check: Callable[[Actor, R], None]) -> Callable[[Actor, R, dict[str, Any]], object]:
    """Return a `Restorable.write` for records that no action of their room edits; `check` raises `NotAllowed`."""

    def write(actor: Actor, record: R, values: dict[str, Any]) -> object:
        check(actor, record)
        return apply_changes(type(record), [Change(record, values, version=record.version)])

    return write


@action
def restore(actor: Actor, item: Restoration[R], rule: Restorable[R]) -> R:
    """Put the value back and return the record as it is now; the reason goes to the history with it.

    Raises `NotAllowed` without the right or for a field that is not restored, `InvalidInput` for a value that would no
    longer be accepted or a reason that is missing, `Conflict` when somebody changed the record since it was read.
    """
    if not rule.allows(actor, item.record) or item.field not in rule.fields:
        raise NotAllowed(_("Votre rôle ne permet pas de rétablir cette valeur."))
    reason = item.reason.strip()
    if not reason:
        raise InvalidInput(_("Dites pourquoi cette valeur est rétablie."), field="reason")
    model = type(item.record)
    record = lock(model, [item.record.pk]).get(item.record.pk)
    if record is None:
        raise NotAllowed(_("Votre rôle ne permet pas de rétablir cette valeur."))
    if record.version != item.version:
        raise Conflict(
            _("Quelqu’un a modifié cette fiche entre-temps. Relisez les deux valeurs, puis confirmez de nouveau.")
        )
    if why := rule.closed(record):
        raise Conflict(why)
    field: Field = model._meta.get_field(item.field)  # type: ignore[assignment]
    value = _checked(field, item.kept, record)
    if value == getattr(record, field.attname):
        raise Conflict(_("Cette valeur est déjà celle de la fiche."))
    try:
        with acting_as(actor, reason=reason), transaction.atomic():
            rule.write(actor, record, {field.attname: value})
    except IntegrityError as error:
        raise Conflict(
            _("Cette valeur contredit d’autres renseignements de la fiche : elle ne peut plus revenir.")
        ) from error
    record.refresh_from_db()
    return record


def _checked(field: Field, kept: Any, record: Record) -> Any:
    """Return the value as the field accepts it today. Raises `InvalidInput`, in words."""
    try:
        return field.clean(past_value(field, kept), record)
    except ValidationError as error:
        label = str(field.verbose_name)
        if isinstance(field, models.ForeignKey):
            said = _("ce qui était choisi n’existe plus, ou ne vous est pas accessible.")
        else:
            said = " ".join(error.messages)
        raise InvalidInput(
            _("Cette valeur n’est plus acceptée (%(field)s) : %(why)s") % {"field": label, "why": said}
        ) from error
