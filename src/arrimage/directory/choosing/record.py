"""What was proposed, as it is kept with what was chosen: plain JSON, from which the words are written again."""

from collections.abc import Mapping
from typing import Any

from arrimage.directory.choosing.components import Component
from arrimage.directory.choosing.enums import Kind
from arrimage.directory.choosing.ranking import Choice, Ranking, Wishes

ALTERNATIVES = 5  # of the services shown first, so many are kept
DECIMALS = 1  # of values: finer ones would let the share of a few persons be worked out


def as_kept(ranking: Ranking, service_id: int, wishes: Wishes) -> dict[str, dict[str, Any]]:
    """Return what is kept of the service that is chosen, by location: the uid of the service there, "" for none.

    Each is what was shown, its rank (None: it was not proposed), and what came first.
    """
    chosen = ranking.of(service_id)
    kept = {"": _kept(ranking, service_id, chosen, wishes)}
    for one in (chosen, *chosen.elsewhere) if chosen else ():
        if one.at is not None:
            kept[str(one.at.uid)] = _kept(ranking, service_id, one, wishes)
    return kept


def components_kept(kept: Mapping[str, Any] | None) -> list[Component]:
    """Return the parts of the score that `as_kept` wrote; none where nothing was kept."""
    rows = kept.get("components", ()) if kept else ()
    return [Component(Kind(row["kind"]), row["value"], row["facts"]) for row in rows]


def _kept(ranking: Ranking, service_id: int, chosen: Choice | None, wishes: Wishes) -> dict[str, Any]:
    return {
        "rank": ranking.rank_of(service_id),
        "of": len(ranking.choices),
        "refused": bool(chosen and chosen.eligibility.admitted is False),
        "to_check": list(chosen.eligibility.reasons) if chosen else [],
        "from": wishes.place.name if wishes.place else "",
        "components": [_component(one) for one in chosen.components] if chosen else [],
        "alternatives": [_short(one) for one in ranking.choices[:ALTERNATIVES] if one.service.pk != service_id],
    }


def _component(one: Component) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "value": None if one.value is None else round(one.value, DECIMALS),
        "facts": dict(one.facts),
    }


def _short(choice: Choice) -> dict[str, Any]:
    return {
        "service": str(choice.service.uid),
        "name": choice.service.name,
        "organisation": choice.service.organisation.name,
        "score": round(choice.total, DECIMALS),
    }
