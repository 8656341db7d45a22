"""What becomes of each need of a person, and when we speak with them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from arrimage.demo.planning.calendar import after, some_days_after
from arrimage.territory.working_days import working_days_between

LATE_FOR = 30  # working days a step is left late before the agent closes it
FIRST_CALL, SIX_MONTHS, TWELVE_MONTHS = (24, 36), (122, 132), (248, 258)  # working days after the first appointment
REASSESSED_AFTER = (90, 140)


class Fate(StrEnum):
    """What becomes of a need's step."""

    REFERRED = "referred"  # a partner carries it out
    DONE = "done"  # the person does it
    LATE = "late"  # nothing happens by its day
    DROPPED = "dropped"


@dataclass(frozen=True)
class NeedPlan:
    """What becomes of a need, and on which day: the referral's, else the day its step is closed."""

    fate: Fate
    on: date


def need_plan(random: Random, met_on: date, due_on: date, *, rank: int, referred: bool) -> NeedPlan:
    """Return what becomes of the need of that rank (0 is the most pressing) whose step is due on `due_on`.

    `referred` says whether the person is one of those sent to partners: the most pressing need always is, then.
    """
    fates = [54, 37, 6, 3] if referred else [0, 88, 8, 4]
    fate = Fate.REFERRED if referred and not rank else random.choices(list(Fate), fates)[0]
    if fate == Fate.REFERRED:
        window = max(5, min(55, working_days_between(met_on, due_on)))
        return NeedPlan(fate, some_days_after(random, met_on, 4, 8 if not rank else window))
    if fate == Fate.DONE:
        return NeedPlan(fate, max(after(due_on, -random.randint(0, 4)), after(met_on, 4)))
    if fate == Fate.LATE:
        return NeedPlan(fate, some_days_after(random, due_on, 3, LATE_FOR))
    return NeedPlan(fate, after(due_on, -1))


def try_again_on(random: Random, back_on: date) -> date:
    """Return when the agent finds another service for a need that came back; most soon, some after a while."""
    return some_days_after(random, back_on, 1, 3 if random.random() < 0.75 else 12)


def give_up_on(back_on: date) -> date:
    """Return when a need that came back twice is closed as not met."""
    return after(back_on, 12)


def settled_on(random: Random, result_on: date) -> date:
    """Return when the agent calls about a partner's result and closes the step."""
    return some_days_after(random, result_on, 3, 32)


@dataclass(frozen=True)
class Call:
    """A contact that checks how a person is doing."""

    on: date
    reached: bool
    note: str


def calls(random: Random, met_on: date, until: date) -> list[Call]:
    """Return the calls to a person up to `until`: after a month, then six and twelve months; one missed is tried again.

    The day after, and once more: what is not reached then is left.
    """
    found: list[Call] = []
    notes = ("Premières semaines : tout se passe bien (inventé).", "Six mois : logement stable, francisation en cours.",
             "Douze mois : en emploi, souhaite rester à Montréal.")  # fmt: skip
    for (first, last), note in zip((FIRST_CALL, SIX_MONTHS, TWELVE_MONTHS), notes, strict=True):
        day = some_days_after(random, met_on, first, last)
        for _attempt in range(2):
            reached = random.random() < 0.68
            found.append(Call(day, reached, note if reached else "Message laissé dans la boîte vocale."))
            if reached:
                break
            day = after(day, 2)
    return [call for call in found if call.on <= until]


def reassessed_on(random: Random, met_on: date) -> date | None:
    """Return when a person's needs are assessed anew; None for the three in four who are not."""
    day = some_days_after(random, met_on, *REASSESSED_AFTER)
    return day if random.random() < 0.26 else None
