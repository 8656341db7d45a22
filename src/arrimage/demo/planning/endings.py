"""How the accompaniment of some households ends, and what their open needs become."""

from dataclasses import dataclass
from datetime import date
from random import Random

from arrimage.casework.enums import ClosingReason, NeedStatus
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.households import InventedHousehold, Stage

LONG_ENOUGH = 150  # working days here, before an accompaniment under way may end
END_EARLY = 0.08  # share (0 to 1) of those who end, of households here so long
LATELY = 3  # working days: they ended these last days
C, N = ClosingReason, NeedStatus
WEIGHTS = {C.GOALS_REACHED: 66, C.MOVED: 14, C.UNREACHABLE: 12, C.DECLINED: 8}
SUMMARIES = {
    C.GOALS_REACHED: "Logement stable, francisation terminée, en emploi. La personne sait où s’adresser (inventé).",
    C.MOVED: "Départ pour une autre région ; les services de là-bas ont été indiqués (inventé).",
    C.UNREACHABLE: "Trois appels et une lettre sans réponse. Le dossier se rouvre si la personne revient (inventé).",
    C.DECLINED: "La personne dit se débrouiller seule et remercie l’équipe (inventé).",
}
# By reason, what each open need became and in which words.
BECAME = {
    C.GOALS_REACHED: (
        (N.MET, "Réglé avec l’aide d’un organisme (inventé)."),
        (N.MET, "Réglé seule (inventé)."),
    ),
    C.MOVED: ((N.NOT_MET, "À reprendre dans la nouvelle région (inventé)."), (N.WITHDRAWN, "")),
    C.UNREACHABLE: ((N.NOT_MET, "Sans nouvelles depuis la dernière orientation (inventé)."),),
    C.DECLINED: ((N.WITHDRAWN, "N’en veut plus (inventé)."), (N.MET, "")),
}


@dataclass(frozen=True)
class Ending:
    """The end of a household's accompaniment: its day, why, in which words."""

    on: date
    reason: ClosingReason
    summary: str


def ending(random: Random, household: InventedHousehold) -> Ending | None:
    """Return how the accompaniment of a household ended; None while it goes on. All those of 2020-2021 have ended."""
    reason = random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    if household.is_over:
        return Ending(household.until, reason, SUMMARIES[reason])
    here_long = household.stage == Stage.UNDER_WAY and after(household.arrived_on, LONG_ENOUGH) < household.until
    if not here_long or random.random() > END_EARLY:
        return None
    return Ending(after(household.until, -random.randint(0, LATELY)), reason, SUMMARIES[reason])


def became(random: Random, reason: ClosingReason) -> tuple[NeedStatus, str]:
    """Return what one open need became, and in which words."""
    return random.choice(BECAME[reason])
