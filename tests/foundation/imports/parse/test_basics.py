"""Texts, codes, whole numbers, choices, lists."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import strategies as st

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import parse


class Outcome(TextChoices):
    MET = "met", _("Accueillie")
    NO_SHOW = "no_show", _("Ne s’est pas présentée")


class Level(IntegerChoices):
    LOW = 1, "Bas"
    HIGH = 2, "Élevé"


def refused(parser, cell, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        parser(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  Le   Breton ", "Le Breton"),
        ("une\ndeux", "une deux"),
        ("E\u0301lodie", "Élodie"),
        ("\u202a514 555-0199\u202c", "514 555-0199"),
        ("سارة", "سارة"),
        (514, "514"),
        (514.0, "514"),
        (1.5, "1.5"),
        (True, "oui"),
        (date(2026, 11, 24), "2026-11-24"),
        (datetime(2026, 11, 24), "2026-11-24"),
    ],
)
def test_text(cell, expected):
    assert parse.text()(cell) == expected


def test_text_keeps_its_lines_where_asked():
    assert parse.text(lines=True)(" une \r\ndeux  mots\n") == "une\ndeux mots"


def test_text_too_long_says_by_how_much():
    refused(parse.text(3), "abcd", "4 caractères.*en a 3")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85", "\x9f"])
def test_text_refuses_control_characters(character):
    refused(parse.text(lines=True), f"a{character}b", "caractère de contrôle")


@given(st.text(max_size=100))
def test_text_read_twice_is_the_same(text):
    try:
        once = parse.text()(text)
    except InvalidInput:
        return
    assert parse.text()(once) == once


def test_digits_gives_back_the_zero_a_spreadsheet_took():
    assert (parse.digits(5)("21231"), parse.digits(2)(6), parse.digits(5)("2 1231")) == ("21231", "06", "21231")


@pytest.mark.parametrize("cell", ["6", "abc", "123456", "1,2E+09", True])
def test_digits_refuses_another_length(cell):
    refused(parse.digits(5), cell, "5 chiffres")


@pytest.mark.parametrize(
    ("cell", "expected"), [("12", 12), ("1 200", 1200), ("1\u00a0200", 1200), (12, 12), (12.0, 12)]
)
def test_integer(cell, expected):
    assert parse.integer()(cell) == expected


@pytest.mark.parametrize("cell", ["1,5", "1.0", "douze", "", 1.5, True, "1" * 30, date(2026, 1, 1), "²"])
def test_integer_refuses_what_is_no_whole_number(cell):
    refused(parse.integer(), cell, "nombre entier")


def test_integer_has_bounds():
    refused(parse.integer(0, 10), "-1", "minimum est 0")
    refused(parse.integer(0, 10), 11, "maximum est 10")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Oui", True),
        ("non", False),
        ("YES", True),
        ("No", False),
        ("vrai", True),
        ("FALSE", False),
        (1, True),
        ("0", False),
        (True, True),
        (False, False),
    ],
)
def test_boolean(cell, expected):
    assert parse.boolean(cell) is expected


def test_boolean_refuses_anything_else():
    refused(parse.boolean, "peut-être", "ni oui ni non")
    refused(parse.boolean, 2, "ni oui ni non")


@pytest.mark.parametrize("cell", ["met", "MET", "accueillie", "Accueillie "])
def test_choice_by_code_or_label(cell):
    assert parse.choice(Outcome)(cell) is Outcome.MET


@pytest.mark.parametrize("cell", ["no_show", "no-show", "ne s'est pas presentee"])
def test_choice_forgives_accents_and_punctuation(cell):
    assert parse.choice(Outcome)(cell) is Outcome.NO_SHOW


def test_choice_by_another_writing():
    assert parse.choice(Outcome, aliases={"absente": Outcome.NO_SHOW})("Absente") is Outcome.NO_SHOW


def test_choice_of_whole_numbers():
    assert (parse.choice(Level)(2), parse.choice(Level)(2.0), parse.choice(Level)("eleve")) == (Level.HIGH,) * 3


def test_choice_refused_lists_the_choices():
    refused(parse.choice(Outcome), "perdue", r"met \(Accueillie\), no_show")


def test_many_keeps_the_order_and_drops_repeats():
    assert parse.many(parse.text())("a| b ||a") == ("a", "b")


def test_many_refuses_a_bad_part():
    refused(parse.many(parse.integer()), "1|x", "x.* entier")


def test_uuid():
    expected = UUID("01990000-0000-7000-8000-000000000000")
    assert parse.uuid("01990000-0000-7000-8000-000000000000") == expected
    assert parse.uuid("01990000000070008000000000000000") == expected
    refused(parse.uuid, "123", "identifiant")
