"""The parts of the score: pure rules. Each gives a value from 0 to 1, None where it is not known, and the facts that
say why (`words` puts them in sentences; they are plain JSON, kept with the referral)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from arrimage.directory.choosing import weights
from arrimage.directory.choosing.enums import Kind

Fact = str | int | float | bool


@dataclass(frozen=True)
class Component:
    kind: Kind
    value: float | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Places:
    """The places of a service somewhere: how many are free, and when some come free."""

    free: int
    next_on: date | None = None


@dataclass(frozen=True)
class Past:
    """How many referrals of a theme ended, and how many of them went to their end."""

    ended: int = 0
    completed: int = 0


def language(wanted: str, others: Collection[str], offered: Collection[str], *, interpreter: bool) -> Component:
    """Judge the languages `offered` (ISO 639 codes) against the one the person prefers, then those they speak well."""
    if not wanted or not offered:
        return Component(Kind.LANGUAGE)
    if wanted in offered:
        return Component(Kind.LANGUAGE, weights.OWN_LANGUAGE, {"language": wanted, "how": "offered"})
    if spoken := next((code for code in others if code in offered), None):
        return Component(Kind.LANGUAGE, weights.OTHER_LANGUAGE, {"language": spoken, "how": "other"})
    if interpreter:
        return Component(Kind.LANGUAGE, weights.WITH_INTERPRETER, {"language": wanted, "how": "interpreter"})
    return Component(Kind.LANGUAGE, weights.NOT_OFFERED, {"language": wanted, "how": "not_offered"})


def distance(km: float | None, origin: str, *, same_place: bool, travels: bool, elsewhere: str) -> Component:
    """Judge a distance in km from `origin`; `elsewhere` names the region of a service that is in another one.

    Nobody travels to a service given only at a distance or at home (`travels` is false).
    """
    if not travels:
        return Component(Kind.DISTANCE, 1.0, {"travels": False})
    if same_place:
        return Component(Kind.DISTANCE, 1.0, {"place": origin})
    if km is not None:
        worth = weights.HALVING_KM / (weights.HALVING_KM + km)
        return Component(Kind.DISTANCE, worth, {"km": round(km, 1), "from": origin})
    if elsewhere:
        return Component(Kind.DISTANCE, 0.0, {"region": elsewhere})
    return Component(Kind.DISTANCE)


def delay(usual_days: int | None, places: Places | None, today: date) -> Component:
    """Judge how long until the first place: none with a place free, until the next date, or as usual.

    A full service whose next date is not known (or past) is worth nothing here, whatever its usual delay.
    """
    if places is None:
        if usual_days is None:
            return Component(Kind.DELAY)
        return Component(Kind.DELAY, _halved(usual_days), {"days": usual_days})
    if places.free > 0:
        return Component(Kind.DELAY, 1.0, {"free": places.free})
    if places.next_on is None or places.next_on <= today:
        return Component(Kind.DELAY, 0.0, {"full": True})
    return Component(
        Kind.DELAY, _halved((places.next_on - today).days), {"full": True, "on": places.next_on.isoformat()}
    )


def _halved(days: int) -> float:
    return weights.HALVING_DAYS / (weights.HALVING_DAYS + days)


def completion(past: Past, of_theme: Past) -> Component:
    """Judge what became of those sent there before, drawn towards the mean of the theme when they are few.

    Its share in words (`of_ten`) is told from `CASES_TO_SAY` cases on.
    """
    if not of_theme.ended:
        return Component(Kind.COMPLETION)
    mean = of_theme.completed / of_theme.ended
    prior = weights.PRIOR_CASES
    value = (past.completed + prior * mean) / (past.ended + prior)
    if past.ended < weights.CASES_TO_SAY:
        return Component(Kind.COMPLETION, value, {"few": True})
    return Component(Kind.COMPLETION, value, {"of_ten": round(10 * past.completed / past.ended)})


def preference(mode: str, modes: Collection[str]) -> Component:
    """Judge the way the person would rather be served; not known when they have none or the service does not say."""
    if not mode or not modes:
        return Component(Kind.PREFERENCE)
    return Component(Kind.PREFERENCE, float(mode in modes), {"mode": mode, "met": mode in modes})
