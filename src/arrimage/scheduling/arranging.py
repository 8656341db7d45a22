"""A lead says when points of service receive, what their times are kept for, and which rooms they have."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import Error

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.scheduling.models import Closure, Room, SlotTemplate, Timetable
from arrimage.scheduling.rules import minutes_of
from arrimage.territory.models import ServicePoint, ServicePointQuerySet

Kept = Timetable | Closure | SlotTemplate | Room
Arranged = TypeVar("Arranged", Timetable, Closure, SlotTemplate, Room)

REFUSALS: dict[str, str | Promise] = {
    "timetable_all_year_once": gettext_lazy("Ce point de services a déjà un horaire pour toute l’année. Modifiez-le."),
    "timetable_seasons_apart": gettext_lazy("Un autre horaire couvre une partie de ces dates."),
    "room_once_a_point": gettext_lazy("Une salle de ce point de services porte déjà ce nom."),
}


def points_arranged_by(actor: Actor) -> ServicePointQuerySet:
    """Return the points of service a lead writes hours for: those of their region, open today."""
    points = ServicePoint.objects.open_on(clock.today()).order_by("name")
    if not actor.may(Right.MANAGE_SCHEDULES):
        return points.none()
    return points if actor.region_id is None else points.filter(region_id=actor.region_id)


def arranged_by(actor: Actor, model: type[Arranged]) -> QuerySet[Arranged]:
    """Return what `actor` may change of one of the four: their region's."""
    records = model._default_manager.select_related("service_point")
    if not actor.may(Right.MANAGE_SCHEDULES):
        return records.none()
    return records if actor.region_id is None else records.filter(service_point__region_id=actor.region_id)


@action
def arrange(actor: Actor, record: Kept, *, version: int | None = None) -> Kept:
    """Write a timetable, a closure, a template or a room: a new one, or one changed since it was read at `version`.

    Raises `InvalidInput` for what cannot be, `Conflict` when somebody changed it meanwhile or another says otherwise.
    """
    require(actor, Right.MANAGE_SCHEDULES, region_id=record.service_point.region_id)
    _check(record)
    if version is not None:
        _lock(record, version)
    with _refusals_said():
        record.save()
    return record


@action
def withdraw(actor: Actor, record: Kept, *, back: bool = False) -> None:
    """Let something count no more from now on; `back`: let it count again. A repeat changes nothing."""
    require(actor, Right.MANAGE_SCHEDULES, region_id=record.service_point.region_id)
    if isinstance(record, Room):
        record.is_used = back
    else:
        record.is_withdrawn = not back
    with _refusals_said():
        record.save(update_fields=["is_used" if isinstance(record, Room) else "is_withdrawn"])


def _check(record: Kept) -> None:
    """Raise `InvalidInput` for dates or hours that no week has."""
    if isinstance(record, Room):
        return
    first, last = record.first_on, record.last_on
    if isinstance(record, Timetable) and (first is None) != (last is None):
        missing = "first_on" if first is None else "last_on"
        raise InvalidInput(
            _("Une saison a un début et une fin. Sans dates, l’horaire vaut toute l’année."), field=missing
        )
    if first is not None and last is not None and last < first:
        raise InvalidInput(_("La fin vient avant le début."), field="last_on")
    if isinstance(record, Timetable) and not any(record.week):
        raise InvalidInput(_("Écrivez les heures d’un jour au moins. Pour fermer, notez une fermeture."), field="day_1")
    if isinstance(record, SlotTemplate):
        lasts = minutes_of(record.ends_at) - minutes_of(record.starts_at)
        if lasts < record.minutes:
            raise InvalidInput(_("Aucun rendez-vous de cette durée ne tient dans la plage."), field="ends_at")


def _lock(record: Kept, version: int) -> None:
    kept = type(record)._default_manager.filter(pk=record.pk, version=version)
    if not kept.select_for_update(of=("self",)).exists():
        raise Conflict(_("Quelqu’un a modifié ces renseignements entre-temps. Relisez-les avant d’enregistrer."))


@contextmanager
def _refusals_said() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        name = cause.diag.constraint_name if isinstance(cause, Error) else None
        if name not in REFUSALS:
            raise
        raise Conflict(str(REFUSALS[name])) from error
