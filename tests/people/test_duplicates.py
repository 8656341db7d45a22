"""Who may be the same person: scores, candidates, decisions that hold."""

from datetime import date

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation.errors import InvalidInput
from arrimage.people.duplicates import (
    LIKELY,
    Described,
    likely_pairs,
    likely_same,
    record_different,
    told_apart,
    weigh,
)
from tests import factories as f

BORN = date(1984, 3, 12)
ONE = Described("Mohamed", "Alaoui", birth_date=BORN, phone="+1 514 555-1234", email="m@exemple.org")


@pytest.mark.parametrize(
    ("names", "other", "asked"),
    [
        (1, Described("", "", birth_date=BORN), True),
        (0.75, Described("", "", birth_date=BORN), True),
        (1, Described("", "", birth_date=date(1984, 12, 3)), True),
        (1, Described("", ""), True),
        (1, Described("", "", birth_date=date(1991, 5, 5)), False),
        (0.75, Described("", ""), False),
        (0.2, Described("", "", birth_date=BORN, phone="5145551234", email="m@exemple.org"), False),
        (0.9, Described("", "", phone="514-555-1234"), True),
        (0.75, Described("", "", email="M@EXEMPLE.ORG"), True),
    ],
)
def test_a_score_weighs_what_agrees_and_what_does_not(names: float, other: Described, asked: bool) -> None:
    score, why = weigh(names, ONE, other)
    assert (score >= LIKELY) is asked
    assert 0 <= score <= 100
    assert bool(why) is (names >= 0.7)


@pytest.mark.django_db
def test_somebody_alike_is_proposed_in_the_region_alone() -> None:
    known = f.PersonFactory(given_name="Muhammad", family_name="Alawi", birth_date=BORN)
    f.PersonFactory(given_name="Mohamed", family_name="Alaoui", birth_date=date(1960, 1, 1))
    [likely] = likely_same(f.actor(Role.RECEPTION_AGENT), ONE)
    assert likely.person == known
    assert "même date de naissance" in likely.why
    assert likely_same(f.actor(Role.RECEPTION_AGENT, code="03"), ONE) == []
    assert likely_same(f.actor(Role.RECEPTION_AGENT), ONE, but=[known.pk]) == []


@pytest.mark.django_db
def test_pairs_of_the_region_until_somebody_says_they_are_two() -> None:
    lead = f.actor(Role.TEAM_LEAD)
    one = f.PersonFactory(given_name="Mohamed", family_name="Alaoui", birth_date=BORN)
    other = f.PersonFactory(given_name="Mohamad", family_name="Alaoui", birth_date=BORN)
    f.PersonFactory(given_name="Rose", family_name="Alaoui", birth_date=date(1999, 1, 1))
    [pair] = likely_pairs(lead)
    assert {pair.person, pair.other} == {one, other}
    assert likely_pairs(f.actor(Role.TEAM_LEAD, code="03")) == []
    with pytest.raises(InvalidInput, match="deux personnes"):
        record_different(lead, [(one, other)], "  ")
    record_different(lead, [(other, one)], "Les passeports diffèrent.")
    record_different(lead, [(one, other)], "Encore.")
    assert likely_pairs(lead) == []
    assert told_apart(one) == {other.pk}


@pytest.mark.django_db
def test_nobody_decides_of_persons_of_another_region() -> None:
    one, other = f.PersonFactory(), f.PersonFactory()
    with pytest.raises(InvalidInput):
        record_different(f.actor(Role.TEAM_LEAD, code="03"), [(one, other)], "Je devine.")
