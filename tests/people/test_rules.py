"""Names, levels and numbers: rules that need no database."""

import pytest

from arrimage.foundation.errors import InvalidInput
from arrimage.people.enums import IdentifierKind, LinkKind
from arrimage.people.models import Person
from arrimage.people.rules import SEARCH_KEY_LENGTH, french_stage, looks_like_sin, plain_number, search_key


def test_one_name_is_enough_to_be_called() -> None:
    assert str(Person(given_name="Suharto")) == "Suharto"
    assert str(Person(family_name="Suharto")) == "Suharto"
    assert str(Person(given_name="Mei", family_name="Li")) == "Mei Li"


def test_a_key_too_long_is_cut_between_two_words() -> None:
    key = search_key(*["Abdelkrim"] * 400)
    assert len(key) <= SEARCH_KEY_LENGTH
    assert set(key.split()) == {"abdelkrim"}


@pytest.mark.parametrize(
    ("name", "key"), [("陈宁洁", "chen ning jie"), ("沈娜", "shen na"), ("李叶", "li ye"), ("万宁", "wan ning")]
)
def test_characters_of_several_readings_are_read_as_names_are(name: str, key: str) -> None:
    assert search_key(name) == key


@pytest.mark.parametrize(
    ("level", "stage"), [(1, "débutant"), (4, "débutant"), (5, "intermédiaire"), (8, "intermédiaire"), (9, "avancé")]
)
def test_twelve_levels_are_three_stages(level: int, stage: str) -> None:
    assert french_stage(level).label == stage


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (IdentifierKind.UCI, "11-2233-4455", "1122334455"),
        (IdentifierKind.UCI, "1122 3344", "11223344"),
        (IdentifierKind.APPLICATION, "e 000 123 456", "E000123456"),
        (IdentifierKind.CSQ, "c1234567", "C1234567"),
    ],
)
def test_spaces_and_capitals_of_a_number_are_forgiven(kind: IdentifierKind, text: str, number: str) -> None:
    assert plain_number(kind, text) == number


def test_a_social_insurance_number_is_never_taken() -> None:
    assert looks_like_sin("046454286")
    assert not looks_like_sin("046454287")
    with pytest.raises(InvalidInput, match="assurance sociale"):
        plain_number(IdentifierKind.CSQ, "046 454 286")


@pytest.mark.parametrize(("kind", "text"), [(IdentifierKind.UCI, "123"), (IdentifierKind.APPLICATION, "12345678")])
def test_what_cannot_be_a_number_of_that_kind_is_refused(kind: IdentifierKind, text: str) -> None:
    with pytest.raises(InvalidInput):
        plain_number(kind, text)


def test_a_link_read_from_the_other_side_and_back_is_the_same() -> None:
    assert all(kind.inverse.inverse == kind for kind in LinkKind)
    assert LinkKind.PARENT.inverse == LinkKind.CHILD
