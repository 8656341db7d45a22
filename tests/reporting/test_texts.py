"""The text of a bilan: who writes it, what is refused, what is kept."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from arrimage.reporting.actions import edit_texts, write_texts
from arrimage.reporting.models import BilanText
from arrimage.reporting.queries import texts_visible_to
from arrimage.reporting.report import report_for
from tests import factories as make
from tests.reporting.world import FIRST, LAST

pytestmark = pytest.mark.django_db
SECTIONS = [
    {"heading": "", "text": "La direction a accompagné {employers_accompanied.words}."},
    {"heading": "Accueillir", "text": "Un.\n\nDeux."},
]


def text(**values) -> BilanText:
    given = {"region": make.region(), "first_on": FIRST, "last_on": LAST, "title": "Une année", "sections": SECTIONS}
    return BilanText(**given | values)


def test_a_text_is_read_with_its_figures_in_place(world):
    director = make.actor()
    write_texts(director, [text(quotation="Merci.", quoted_name="Claude Exemple", quoted_title="directrice")])
    found = report_for(director, None, FIRST, LAST).text
    assert found.sections[0].paragraphs[0].replace("\u00a0", " ") == "La direction a accompagné 1 employeur accompagné."
    assert found.sections[1].paragraphs == ("Un.", "Deux.")
    assert found.quoted == "Claude Exemple, directrice"
    assert report_for(director, None, date(2021, 7, 1), LAST.replace(year=2022)).text is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"sections": [{"heading": "A", "text": "{employeurs} et {employers_accompanied}"}]},
            "{employeurs} ne désigne",
        ),
        ({"title": "Le bilan {de}"}, "{de} ne désigne"),
        ({"quotation": "{rien}", "quoted_name": "A", "quoted_title": "B"}, "{rien} ne désigne"),
        ({"quotation": "Merci."}, "qui est cité"),
        ({"title": " "}, "titre"),
        ({"sections": [*SECTIONS, {"heading": "", "text": "Sans intertitre"}]}, "intertitre"),
        ({"sections": [{"heading": "Sans texte", "text": " "}]}, "intertitre"),
        ({"links": [{"label": "Ailleurs", "address": "javascript:alert(1)"}]}, "n’est pas une adresse du Web"),
        ({"links": [{"label": "", "address": "https://demo.example/"}]}, "Dites où mène"),
        ({"first_on": LAST, "last_on": FIRST}, "finit le"),
    ],
)
def test_what_would_not_read_well_is_refused_in_words(values, sentence):
    with pytest.raises(InvalidInput) as refused:
        write_texts(make.actor(), [text(**values)])
    assert sentence in str(refused.value).replace("\u00a0", " ")
    assert not BilanText.objects.exists()


@pytest.mark.parametrize("role", [Role.REGIONAL_DIRECTOR, Role.REGIONAL_ADVISOR])
def test_the_direction_and_its_advisors_write(role):
    assert write_texts(make.actor(role), [text()])


@pytest.mark.parametrize(
    ("role", "code"), [(Role.TEAM_LEAD, "06"), (Role.MINISTRY_ANALYST, None), (Role.REGIONAL_DIRECTOR, "13")]
)
def test_others_do_not(role, code):
    with pytest.raises(NotAllowed):
        write_texts(make.actor(role, code), [text()])
    (kept,) = write_texts(make.actor(), [text()])
    with pytest.raises(NotAllowed):
        edit_texts(make.actor(role, code), [Change(kept, {"title": "Autre"}, version=1)])


def test_a_period_has_one_text():
    write_texts(make.actor(), [text()])
    with pytest.raises(Conflict, match="vient d’écrire"):
        write_texts(make.actor(), [text()])


def test_a_change_is_kept_in_the_history_and_an_old_version_is_refused():
    director = make.actor()
    (kept,) = write_texts(director, [text()])
    edit_texts(director, [Change(kept, {"title": "Une belle année"}, version=1)])
    with pytest.raises(Conflict):
        edit_texts(director, [Change(kept, {"title": "Une autre"}, version=1)])
    with pytest.raises(InvalidInput, match="garde sa région"):
        edit_texts(director, [Change(kept, {"first_on": date(2020, 1, 1)}, version=2)])
    change = changes_of(kept).first()
    assert change.changed["title"] == ["Une année", "Une belle année"]
    assert change.actor_name == director.name


def test_who_reads_texts_before_they_are_published():
    write_texts(make.actor(), [text()])
    write_texts(make.actor(Role.REGIONAL_DIRECTOR, "13"), [text(region=make.region("13"))])
    assert texts_visible_to(make.actor(Role.TEAM_LEAD)).count() == 1
    assert texts_visible_to(make.actor(Role.MINISTRY_ANALYST, None)).count() == 2
    assert texts_visible_to(make.actor(Role.INTEGRATION_AGENT)).count() == 0


@pytest.mark.parametrize(
    "values",
    [{"title": ""}, {"quotation": "Merci."}, {"sections": {}}, {"links": "rien"}, {"last_on": date(2019, 1, 1)}],
)
def test_the_database_refuses_what_an_action_forgot(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        text(**values).save()
