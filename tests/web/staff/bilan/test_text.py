"""Writing the text of a bilan on its page: markers, preview, parts added, conflicts."""

from typing import Any

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.reporting.models import BilanText
from tests import factories as make
from tests.reporting.world import FIRST, LAST, build_world
from tests.web.visitor import Visitor, visitor, words

pytestmark = pytest.mark.django_db
YEAR = "?from=2020-07-01&to=2021-06-30"


@pytest.fixture
def director() -> Visitor:
    return visitor(Role.REGIONAL_DIRECTOR)


def typed(*sections: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Return what the form sends."""
    parts = sections or (("", "Nous avons aidé {employers_accompanied.words}."),)
    sent: dict[str, Any] = {"title": "Une année", "parties-TOTAL_FORMS": len(parts), "parties-INITIAL_FORMS": 0}
    sent |= {"liens-TOTAL_FORMS": 1, "liens-INITIAL_FORMS": 0, "liens-0-label": "", "liens-0-address": ""}
    for number, (heading, text) in enumerate(parts):
        sent |= {f"parties-{number}-heading": heading, f"parties-{number}-text": text}
    return sent | more


def send(who: Visitor, data: dict[str, Any]) -> Any:
    return who.client.post(reverse("staff:bilan_text") + YEAR, data)


def test_a_text_is_written_then_read_on_the_page_of_the_bilan(director):
    build_world()
    assert "Écrire le texte" in director.open("staff:bilan", query=YEAR)
    response = send(director, typed(**{"liens-0-label": "Notre page", "liens-0-address": "https://demo.example/"}))
    assert (response.status_code, response["Location"]) == (302, reverse("staff:bilan") + YEAR)
    page = director.open("staff:bilan", query=YEAR)
    assert "Nous avons aidé 1 employeur accompagné." in page
    assert 'href="https://demo.example/"' in page
    assert "Modifier ce texte" in page
    lead = visitor(Role.TEAM_LEAD).open("staff:bilan", query=YEAR)
    assert "Nous avons aidé" in lead
    assert "Modifier ce texte" not in lead


def test_the_markers_are_listed_with_their_figures(director):
    build_world()
    page = director.open("staff:bilan_text", query=YEAR)
    assert "<code>{employers_accompanied.words}</code>" in page
    assert "1 employeur accompagné" in page


def test_an_unknown_marker_is_named_and_nothing_typed_is_lost(director):
    page = words(send(director, typed(("", "Nous avons aidé {employeurs}."))))
    assert "{employeurs} ne désigne aucun chiffre" in page
    assert "Nous avons aidé {employeurs}." in page
    assert not BilanText.objects.exists()


def test_a_preview_saves_nothing(director):
    build_world()
    page = words(send(director, typed(apercu="1")))
    assert "Nous avons aidé 1 employeur accompagné." in page
    assert "rien n’est encore enregistré" in page
    assert not BilanText.objects.exists()


def test_parts_are_added_and_emptied_ones_disappear(director):
    page = words(send(director, typed(("A", "Un"), ajouter="parties")))
    assert 'name="parties-1-text"' in page
    assert 'value="2"' in page
    assert not BilanText.objects.exists()
    send(director, typed(("A", "Un"), ("", ""), ("B", "Deux")))
    assert [part["heading"] for part in BilanText.objects.get().sections] == ["A", "B"]


def test_a_conflict_shows_what_the_other_wrote_and_lets_one_decide(director):
    send(director, typed())
    kept = BilanText.objects.get()
    BilanText.objects.filter(pk=kept.pk).update(title="Le titre de l’autre")
    response = send(director, typed(title="Mon titre", version=kept.version))
    page = words(response)
    assert "Le titre de l’autre" in page
    assert 'value="Mon titre"' in page
    assert f'name="version" value="{kept.version + 1}"' in page
    assert send(director, typed(title="Mon titre", version=kept.version + 1)).status_code == 302
    assert BilanText.objects.get().title == "Mon titre"


def test_two_who_begin_at_once_do_not_overwrite_each_other(director):
    advisor = visitor()
    assert send(director, typed()).status_code == 302
    page = words(send(advisor, typed(title="Le mien")))
    assert "Quelqu’un a enregistré ce texte" in page
    assert BilanText.objects.get().title == "Une année"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [("media_phone", "12", "téléphone"), ("media_email", "personne", "courriel"), ("title", "", "obligatoire")],
)
def test_fields_are_checked(director, field, value, sentence):
    assert sentence in words(send(director, typed(**{field: value}))).lower()
    assert not BilanText.objects.exists()


def test_who_may_write_and_for_which_region(director):
    for role, code in ((Role.TEAM_LEAD, "06"), (Role.MINISTRY_ANALYST, None)):
        assert send(visitor(role, code), typed()).status_code == 403
    assert director.client.post(reverse("staff:bilan_text") + YEAR + "&region=13", typed()).status_code == 403
    make.RoleGrantFactory(role=Role.REGIONAL_DIRECTOR, region=make.region("13"))
    assert not BilanText.objects.exists()


def test_a_wrong_period_leads_back(director):
    response = director.client.get(reverse("staff:bilan_text") + "?from=2021-07-01&to=2020-01-01")
    assert response["Location"] == reverse("staff:bilan") + "?from=2021-07-01&to=2020-01-01"


def test_the_page_costs_the_same_however_long_the_text(director):
    send(director, typed())
    short = director.queries("staff:bilan", query=YEAR)
    longer = [(f"Partie {n}", "{employers_accompanied} {service_points}") for n in range(20)]
    send(director, typed(*longer, version=BilanText.objects.get().version))
    for _ in range(5):
        make.AccompanimentFactory(in_charge=True, requested_on=FIRST)
    assert director.queries("staff:bilan", query=YEAR) == short
    assert (BilanText.objects.get().first_on, BilanText.objects.get().last_on) == (FIRST, LAST)
