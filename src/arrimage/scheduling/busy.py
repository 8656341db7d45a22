"""Which hours are taken, and what to say when one has just been."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.errors import Error

from arrimage.accounts.context import elevated
from arrimage.foundation.errors import Conflict
from arrimage.scheduling.models import BusyTime
from arrimage.scheduling.numbered_times import CONSTRAINT

Hours = tuple[datetime, datetime]
Taken = dict[int, list[Hours]]

CLASHES: dict[str, str | Promise] = {
    "busy_agent_never_twice": _("Cette heure vient d’être prise. Choisissez-en une autre."),
    "busy_person_never_twice": _("La personne a déjà un rendez-vous ou une séance à cette heure."),
    "busy_room_never_twice": _("La salle est déjà prise à cette heure."),
    "busy_interpreter_never_twice": _("L’interprète est déjà pris à cette heure."),
    CONSTRAINT: _("Cette heure vient d’être prise. Choisissez-en une autre."),
    "interpretation_once_an_appointment": _("Un interprète de cette langue est déjà demandé pour ce rendez-vous."),
    "group_session_never_overfull": _("Il ne reste plus de place dans cette séance."),
    "enrolment_once_a_session": _("La personne est déjà inscrite à cette séance."),
}


def taken_times(resource: str, region_id: int, first: datetime, last: datetime) -> Taken:
    """Return, by key of `resource` (`agent`, `room`, `interpreter`), the hours it is taken in a region that reach
    between `first` and `last`. Says hours, never with whom: anybody who books may ask. One query."""
    taken: Taken = defaultdict(list)
    with elevated():
        rows = BusyTime.objects.filter(
            region_id=region_id, ends_at__gt=first, starts_at__lt=last, **{f"{resource}__isnull": False}
        )
        for key, starts_at, ends_at in rows.order_by().values_list(resource, "starts_at", "ends_at"):
            taken[key].append((starts_at, ends_at))
    return taken


@contextmanager
def clashes_said() -> Iterator[None]:
    """Turn a refusal of the database to take somebody or something twice into a `Conflict` that says which; what was
    written inside is undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        name = cause.diag.constraint_name if isinstance(cause, Error) else None
        if name not in CLASHES:
            raise
        raise Conflict(str(CLASHES[name])) from error
