"""Whose work is whose: an agent's own, and, while a colleague is away, their share of that colleague's.

The files of somebody away stay theirs; colleagues see to them until they are back.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Mod

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import AbsenceCover
from arrimage.foundation import clock


def answering_for(actor: Actor) -> RawSQL:
    """Return the keys of those `actor` answers for today: themselves, and the absent they replace."""
    return RawSQL("select casework_answers_for(%s, %s)", [actor.user_id, clock.today()])


def in_charge(actor: Actor, agent: str, key: str) -> Q:
    """Return the condition for `actor`'s share of the work: their own, and their part of that of the absent.

    `agent` leads to whose it is, `key` to what shares it among those who replace: a number, the file's for choice.
    """
    today = clock.today()
    share = AbsenceCover.objects.filter(
        absence__agent=OuterRef(agent),
        absence__is_cancelled=False,
        absence__starts_on__lte=today,
        absence__ends_on__gte=today,
        substitute=actor.user_id,
        rank=Mod(OuterRef(key), F("shares")),
    )
    # The list of those one answers for, first: by it the rows are found, and the shares looked at for these alone.
    return Q(**{f"{agent}__in": answering_for(actor)}) & (Q(**{agent: actor.user_id}) | Q(Exists(share)))


def responsible_for(actor: Actor, prefix: str = "") -> Q:
    """Return the condition for the active files `actor` answers for; `prefix` leads to the file (`file__`).

    An agent answers for their own and their share of those of the absent they replace, a team lead for those of their
    point of service, others for the region's.
    """
    return within_charge(actor, prefix) & Q(**{f"{prefix}status": FileStatus.ACTIVE})


def followed_by(actor: Actor) -> Q:
    """Return the condition for the files whose contacts at 6, 12 and 24 months are `actor`'s to make.

    Those they answer for; closed ones are their point's.
    """
    closed = Q(status=FileStatus.CLOSED)
    if actor.region_id is not None:
        closed &= Q(region_id=actor.region_id)
    if actor.service_point_id is not None:
        closed &= Q(service_point_id=actor.service_point_id)
    elif actor.role == Role.INTEGRATION_AGENT:
        closed &= Q(agent_id=actor.user_id)
    return responsible_for(actor) | closed


def within_charge(actor: Actor, prefix: str = "") -> Q:
    """Return the condition for what is `actor`'s, or their team's: files at the end of `prefix`, or appointments."""
    wanted: dict[str, Any] = {}
    if actor.region_id is not None:
        wanted["region_id"] = actor.region_id
    if actor.role == Role.TEAM_LEAD and actor.service_point_id is not None:
        wanted["service_point_id"] = actor.service_point_id
    condition = Q(**{f"{prefix}{name}": value for name, value in wanted.items()})
    if actor.role == Role.INTEGRATION_AGENT:
        condition &= in_charge(actor, f"{prefix}agent", f"{prefix}pk")
    return condition
