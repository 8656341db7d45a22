"""Who may give, move and take back a time: who receives or accompanies in the region, and the person for themselves."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.numbered_times import LOCKED

CHANGED = gettext_lazy("Ce rendez-vous a changé entre-temps. Voici ce qu’il est devenu ; recommencez s’il y a lieu.")


def require_staff(actor: Actor, regions: Iterable[int]) -> None:
    """Refuse whoever neither receives nor accompanies in these regions."""
    if not (actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS)):
        raise NotAllowed(_("Votre rôle ne permet pas de fixer un rendez-vous."))
    if not all(actor.covers_region(region_id) for region_id in regions):
        raise NotAllowed(_("Ce rendez-vous est dans une autre région."))


def is_newcomer(actor: Actor) -> bool:
    return actor.role == Role.NEWCOMER and actor.scope_id is not None


def require_on(actor: Actor, appointment: Appointment) -> None:
    """Refuse whoever this appointment is not for, unless they receive or accompany in its region."""
    if not is_newcomer(actor):
        require_staff(actor, [appointment.region_id])
    elif not appointment.attendances.filter(person_id=actor.scope_id or 0).exists():
        raise NotAllowed(_("Ce rendez-vous n’est pas le vôtre."))


def read_again(appointment: Appointment, version: int | None) -> Appointment:
    """Return the appointment as it is now, locked. Raises `Conflict` when it is no longer the `version` one saw."""
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if version is not None and found.version != version:
        raise Conflict(str(CHANGED))
    return found


def one_at_a_time(points: Iterable[int]) -> None:
    """Let whoever books at the same points of service wait their turn, to the end of the transaction.

    Two rows of busy times inserted at once would wait for each other: a second lost before the database undoes one.
    """
    with connection.cursor() as cursor:
        for key in sorted(set(points)):
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCKED, key])
