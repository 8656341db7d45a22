"""A lead says who interprets in the region: their languages, how they are reached, where their time is charged."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import Error

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.models import Organisation
from arrimage.foundation.changes import Change, apply_changes
from arrimage.foundation.errors import InvalidInput
from arrimage.scheduling.enums import Mode
from arrimage.scheduling.interpreter_queries import coming_bookings
from arrimage.scheduling.models import Interpretation, Interpreter
from arrimage.territory.models import Region

ONCE = "interpreter_once_a_region"


@dataclass(frozen=True)
class InterpreterDetails:
    """What is known of an interpreter. `languages` are ISO 639 codes, `modes` values of `Mode`."""

    name: str
    languages: Sequence[str]
    modes: Sequence[str]
    organisation: Organisation | None = None
    email: str = ""
    phone: str = ""
    cost_code: str = ""
    is_active: bool = True


@action
def add_interpreter(actor: Actor, region: Region, details: InterpreterDetails) -> Interpreter:
    """Write an interpreter of a region. Raises `InvalidInput` for a name the region has already."""
    require(actor, Right.MANAGE_SCHEDULES, region_id=region.pk)
    values = _checked(details)
    with _name_once():
        return Interpreter.objects.create(region=region, **values)


@action
def edit_interpreter(actor: Actor, interpreter: Interpreter, details: InterpreterDetails, *, version: int) -> bool:
    """Change an interpreter read at `version`, or put them out of activity; return whether anything differed.

    Raises `Conflict` when somebody changed them meanwhile; `InvalidInput` for a name the region has already, and for
    somebody put out of activity who is still expected.
    """
    require(actor, Right.MANAGE_SCHEDULES, region_id=interpreter.region_id)
    values = _checked(details)
    if not details.is_active and coming_bookings(Interpretation.objects.all(), interpreter).exists():
        raise InvalidInput(
            _("Des rendez-vous à venir l’attendent encore : annulez d’abord ces demandes."), field="is_active"
        )
    with _name_once():
        return bool(apply_changes(Interpreter, [Change(interpreter, values, version=version)]))


def _checked(details: InterpreterDetails) -> dict[str, object]:
    """Return the fields to write. Raises `InvalidInput` for what is missing."""
    values = vars(details) | {
        "name": details.name.strip(),
        "languages": list(details.languages),
        "modes": list(details.modes),
        "cost_code": details.cost_code.strip(),
    }
    if not values["name"]:
        raise InvalidInput(_("Écrivez le nom."), field="name")
    if not details.languages:
        raise InvalidInput(_("Choisissez une langue au moins."), field="languages")
    if not details.modes or not set(details.modes) <= set(Mode.values):
        raise InvalidInput(_("Choisissez une façon d’interpréter au moins."), field="modes")
    return values


@contextmanager
def _name_once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        if not isinstance(cause, Error) or cause.diag.constraint_name != ONCE:
            raise
        raise InvalidInput(_("Un interprète de la région porte déjà ce nom."), field="name") from error
