"""Who was met, who did not come."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.foundation.writes import update_rows
from arrimage.reception.enums import ARRIVAL_TRANSITIONS, ArrivalOutcome
from arrimage.reception.models import Arrival


@action
def record_outcomes(
    actor: Actor,
    arrivals: Sequence[Arrival],
    outcome: ArrivalOutcome,
    *,
    at: datetime | Mapping[int, datetime] | None = None,
) -> list[Arrival]:
    """Say of each arrival whether the person was met, did not come, or what else. A repeat changes nothing.

    `at` says when they were met: all at one time, or each at their own, by key.
    """
    for region_id in {arrival.region_id for arrival in arrivals}:
        require(actor, Right.RECEIVE_ARRIVALS, region_id=region_id)
    locked = list(
        Arrival.objects.select_for_update(of=("self",)).filter(pk__in=[item.pk for item in arrivals]).order_by("pk")
    )
    changed = []
    for arrival in locked:
        if arrival.outcome == outcome:
            continue
        if arrival.person_id is not None:
            raise Conflict(
                _("Le dossier de %(name)s est déjà ouvert : son accueil ne peut plus être défait.")
                % {"name": str(arrival)}
            )
        ARRIVAL_TRANSITIONS.check(arrival.outcome, outcome)
        arrival.outcome = outcome
        met = outcome == ArrivalOutcome.MET
        met_at = at[arrival.pk] if isinstance(at, Mapping) else at or clock.now()
        arrival.met_at = met_at if met else None
        arrival.met_by_id = actor.user_id if met else None
        changed.append(arrival)
    update_rows(Arrival, changed, ["outcome", "met_at", "met_by"])
    return locked
