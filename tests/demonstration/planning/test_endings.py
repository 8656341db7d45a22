"""How accompaniments end."""

from datetime import date
from random import Random

from arrimage.casework.enums import ClosingReason, NeedStatus
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.endings import BECAME, LATELY, LONG_ENOUGH, SUMMARIES, became, ending
from arrimage.demo.planning.households import Stage, households

TODAY = date(2026, 10, 20)
HOUSEHOLDS = households(TODAY)


def test_all_those_of_the_fixed_year_have_ended() -> None:
    over = [household for household in HOUSEHOLDS if household.is_over]
    found = [ending(Random(household.reference), household) for household in over]
    assert all(end and end.on == household.until for end, household in zip(found, over, strict=True))


def test_of_the_others_only_some_here_for_long_ended_lately() -> None:
    going_on = [household for household in HOUSEHOLDS if not household.is_over]
    ended = [(household, end) for household in going_on if (end := ending(Random(household.reference), household))]
    assert 10 < len(ended) < len(going_on) / 10
    for household, end in ended:
        assert household.stage == Stage.UNDER_WAY
        assert after(household.arrived_on, LONG_ENOUGH) < TODAY
        assert after(TODAY, -LATELY) <= end.on <= TODAY


def test_every_reason_has_its_words_and_its_results() -> None:
    assert BECAME.keys() == SUMMARIES.keys() <= set(ClosingReason)
    results = {became(Random(rank), reason)[0] for rank in range(20) for reason in BECAME}
    assert results == {NeedStatus.MET, NeedStatus.NOT_MET, NeedStatus.WITHDRAWN}
