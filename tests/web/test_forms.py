"""Forms: labels, help and errors are tied to their field; errors are summed up on top."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.pages")]
ADDRESS = "/essai/formulaire/"
GOOD = {"name": "Nadia", "language": "fr", "agrees": "on"}


@pytest.fixture(autouse=True)
def _template(settings, tmp_path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "form.html").write_text(
        '{% extends "base.html" %}{% block content %}{% include "shell/form.html" with form=form %}{% endblock %}'
    )
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    settings.TEMPLATES = templates


def test_every_field_has_its_label_and_its_help(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()

    assert '<label for="id_name">Nom' in page
    assert 'aria-describedby="id_name_helptext"' in page
    assert 'type="date"' in page
    assert page.count("(facultatif)") == 1
    assert page.count("<legend>") == 2  # the part, and the group of choices


def test_errors_are_beside_the_field_and_on_top_with_a_link(client: Client) -> None:
    page = client.post(ADDRESS, {"name": ""}).content.decode()

    assert "3 réponses sont à revoir" in page
    assert '<a href="#id_name">' in page
    assert '<a href="#id_language_0">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_refusal_of_the_domain_is_beside_its_field(client: Client) -> None:
    page = client.post(ADDRESS, GOOD).content.decode()

    assert "Une réponse est à revoir" in page
    assert page.count("Ce nom est déjà pris.") == 2
