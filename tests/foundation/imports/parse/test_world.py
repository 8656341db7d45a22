"""Countries and languages, as agents write them."""

import pycountry
import pytest
from babel import Locale

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import parse


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("SY", "SY"),
        ("sy", "SY"),
        ("SYR", "SY"),
        ("Syrie", "SY"),
        ("Syria", "SY"),
        ("Côte d'Ivoire", "CI"),
        ("COTE D’IVOIRE", "CI"),
        ("RDC", "CD"),
        ("République démocratique du Congo", "CD"),
        ("États-Unis", "US"),
        ("UK", "GB"),
        ("Haïti", "HT"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Ukraine", "UA"),
        ("Kosovo", "XK"),
        ("Palestine", "PS"),
        ("Turquie", "TR"),
        ("Niger", "NE"),
    ],
)
def test_country(cell, expected):
    assert parse.country(cell) == expected


@pytest.mark.parametrize("cell", ["Narnia", "Q", "ZZ", "Europe", 5])
def test_country_refuses_anything_else(cell):
    with pytest.raises(InvalidInput, match="pays connu"):
        parse.country(cell)


@pytest.mark.parametrize("cell", ["Congo", "Corée"])
def test_a_name_two_countries_share_is_refused(cell):
    with pytest.raises(InvalidInput, match="deux pays"):
        parse.country(cell)


@pytest.mark.parametrize("locale", ["fr", "fr_CA", "en"])
def test_every_country_by_the_name_its_code_has(locale):
    names = Locale.parse(locale).territories
    wrong = {
        entry.alpha_2: names[entry.alpha_2]
        for entry in pycountry.countries
        if parse.country(names[entry.alpha_2]) != entry.alpha_2 or parse.country(entry.alpha_3) != entry.alpha_2
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("ar", "ar"),
        ("ara", "ar"),
        ("Arabe", "ar"),
        ("Arabic", "ar"),
        ("français", "fr"),
        ("fre", "fr"),
        ("espagnol", "es"),
        ("Ukrainien", "uk"),
        ("dari", "prs"),
        ("farsi", "fa"),
        ("persan", "fa"),
        ("pachto", "ps"),
        ("tigrigna", "ti"),
        ("créole haïtien", "ht"),
        ("mandarin", "cmn"),
        ("cantonais", "yue"),
        ("LSQ", "fcs"),
        ("ga", "ga"),
        ("Ga", "gaa"),
    ],
)
def test_language(cell, expected):
    assert parse.language(cell) == expected


@pytest.mark.parametrize("cell", ["klingonais", "créole", "x", 5])
def test_language_refuses_anything_else(cell):
    with pytest.raises(InvalidInput, match="langue connue"):
        parse.language(cell)
