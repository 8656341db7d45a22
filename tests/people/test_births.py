"""Birth dates as people know them: read, written, and what they say of an age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.foundation.errors import InvalidInput
from arrimage.people.births import Birth, certainly_born_by, full_years, parse_birth, write_age, write_birth
from arrimage.people.enums import BirthPrecision
from arrimage.people.models import Person
from tests import factories as f

P = BirthPrecision
BIRTHS = st.builds(
    lambda day, precision: Birth(
        day if precision == P.DAY else day.replace(day=1) if precision == P.MONTH else day.replace(month=1, day=1),
        precision,
    ),
    st.dates(date(1910, 1, 1), date(2026, 1, 1)),
    st.sampled_from(list(P)),
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("1984-04-12", date(1984, 4, 12), P.DAY),
        ("12/04/1984", date(1984, 4, 12), P.DAY),
        ("12 avril 1984", date(1984, 4, 12), P.DAY),
        ("1er août 1984", date(1984, 8, 1), P.DAY),
        ("April 12, 1984", date(1984, 4, 12), P.DAY),
        ("12 de marzo de 1984", date(1984, 3, 12), P.DAY),
        ("mars 1984", date(1984, 3, 1), P.MONTH),
        ("déc. 1984", date(1984, 12, 1), P.MONTH),
        ("1984-03", date(1984, 3, 1), P.MONTH),
        ("03/1984", date(1984, 3, 1), P.MONTH),
        (" 1984 ", date(1984, 1, 1), P.YEAR),
        ("vers 1984", date(1984, 1, 1), P.AROUND),
        ("~1984", date(1984, 1, 1), P.AROUND),
        ("1984 ?", date(1984, 1, 1), P.AROUND),
    ],
)
def test_what_is_known_is_read(text: str, day: date, precision: BirthPrecision) -> None:
    assert parse_birth(text) == Birth(day, precision)


@pytest.mark.parametrize("text", ["31 février 1984", "hier", "ju 1984", "12/13/1984", "1784", "84", ""])
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_birth(text)


@given(BIRTHS)
def test_what_is_written_is_read_again(birth: Birth) -> None:
    assert parse_birth(write_birth(birth)) == birth


@pytest.mark.parametrize(
    ("birth", "words", "age"),
    [
        (Birth(date(1984, 4, 12)), "12 avril 1984", "42 ans"),
        (Birth(date(2026, 3, 24)), "24 mars 2026", "8 mois"),
        (Birth(date(1984, 11, 1), P.MONTH), "novembre 1984", "41 ou 42 ans"),
        (Birth(date(1984, 1, 1), P.YEAR), "1984", "41 ou 42 ans"),
        (Birth(date(1984, 1, 1), P.AROUND), "vers 1984", "de 39 à 44 ans"),
    ],
)
def test_a_birth_and_an_age_in_words(birth: Birth, words: str, age: str) -> None:
    assert plain(write_birth(birth)) == words
    assert plain(write_age(birth, date(2026, 11, 24))) == age


def test_an_unborn_child_has_no_age() -> None:
    assert write_age(Birth(date(2026, 12, 1)), date(2026, 11, 24)) == ""
    assert write_age(None, date(2026, 11, 24)) == ""


@given(BIRTHS, st.integers(0, 1), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_the_age_is_between_that_of_the_last_and_of_the_first_day(birth: Birth, part: int, day: date) -> None:
    born = birth.first + timedelta(days=part * (birth.last - birth.first).days)
    least, most = birth.ages(day)
    assert least <= full_years(born, day) <= most


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-800, -370, -40, -1, 0, 1, 40, 370, 800])
@pytest.mark.parametrize("precision", list(P))
def test_the_database_knows_who_is_certainly_born(days: int, precision: BirthPrecision) -> None:
    birth = Birth(date(2010, 1, 1), precision)
    f.PersonFactory(birth_date=birth.day, birth_precision=precision)
    day = date(2010, 6, 15) + timedelta(days=days)
    assert Person.objects.filter(certainly_born_by(day)).exists() == (birth.last <= day)
