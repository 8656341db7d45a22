"""Addresses and numbers by which people and companies are known."""

import pytest

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import parse


def refused(parser, cell, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        parser(cell)


def test_email_is_lower_case():
    assert parse.email(" Anne.Roy@Exemple.ORG ") == "anne.roy@exemple.org"


@pytest.mark.parametrize("cell", ["anne", "anne@", "a b@c.ca", "a@b.ca; c@d.ca", 5])
def test_email_refuses_anything_else(cell):
    refused(parse.email, cell, "adresse de courriel")


@pytest.mark.parametrize("cell", ["514 555-0199", "(514) 555-0199", "+1 514 555 0199", "1-514-555-0199", 5145550199])
def test_phone_is_canadian_unless_it_says_otherwise(cell):
    assert parse.phone(cell) == "+15145550199"


def test_phone_of_another_country():
    assert parse.phone("+33 1 23 45 67 89") == "+33123456789"


@pytest.mark.parametrize("cell", ["555-0199", "514 555-01", "514-FLOWERS", "aucun", "+999 123"])
def test_phone_refuses_what_cannot_be_called(cell):
    refused(parse.phone, cell, "numéro de téléphone")


@pytest.mark.parametrize("cell", ["514 555-0199 poste 4", "514 555-0199 ext. 12", "514 555-0199 x3"])
def test_phone_says_what_to_do_with_an_extension(cell):
    refused(parse.phone, cell, "poste")


@pytest.mark.parametrize("cell", ["1140000001", "11 4000 0001", "1140 000\u00a0001", 1140000001, 1140000001.0])
def test_neq(cell):
    assert parse.neq(cell) == "1140000001"


@pytest.mark.parametrize("cell", ["114000000", "11400000012", "NEQ1140000", "1,14E+09", 114])
def test_neq_has_exactly_ten_digits(cell):
    refused(parse.neq, cell, "exactement 10 chiffres")


@pytest.mark.parametrize("cell", ["H2X 1Y4", "h2x1y4", "H2X-1Y4"])
def test_postal_code(cell):
    assert parse.postal_code(cell) == "H2X 1Y4"


@pytest.mark.parametrize("cell", ["W2X 1Y4", "H2O 1Y4", "H2X 1Y", "90210"])
def test_postal_code_refuses_what_canada_post_does_not_use(cell):
    refused(parse.postal_code, cell, "code postal")


def test_url_gets_its_scheme():
    assert parse.url("exemple.org/aide") == "https://exemple.org/aide"
    assert parse.url("http://exemple.org") == "http://exemple.org"


@pytest.mark.parametrize("cell", ["javascript://alert(1)", "ftp://exemple.org", "pas une adresse"])
def test_url_refuses_anything_else(cell):
    refused(parse.url, cell, "adresse web")
