"""Who comes first of those who wait for a place, for a reason that is kept, and in their rank again."""

from django.db import connection
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.models import PlaceHold
from arrimage.foundation.errors import Conflict, InvalidInput


def may_order(actor: Actor, hold: PlaceHold) -> bool:
    """Say whether `actor` may order that line: the leads and the advisors of the organisation's region may."""
    return actor.may(Right.ORDER_WAITING) and actor.covers_region(_region_of(hold))


def _region_of(hold: PlaceHold) -> int:
    return hold.places.service_at_location.service.organisation.region_id


@action
def give_priority(actor: Actor, hold: PlaceHold, reason: str) -> None:
    """Let who waits come before the others of the line, after those who were given priority first.

    Raises `InvalidInput` without a reason, `Conflict` when they wait no more.
    """
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi cette personne passe avant les autres."), field="reason")
    _put(actor, hold, reason.strip())


@action
def take_priority_back(actor: Actor, hold: PlaceHold) -> None:
    """Give who waits the rank of the day they asked again."""
    _put(actor, hold, "")


def _put(actor: Actor, hold: PlaceHold, reason: str) -> None:
    require(actor, Right.ORDER_WAITING, region_id=_region_of(hold))
    with acting_as(actor, reason=reason), connection.cursor() as cursor:
        cursor.execute("select directory_put_first(%s, %s, %s)", [hold.holder, reason, actor.name])
        if not cursor.fetchone()[0]:
            raise Conflict(_("Cette personne n’attend plus : elle a une place, ou n’en demande plus."))
