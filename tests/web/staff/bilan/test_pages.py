"""The pages of the bilan: figures, evidence, files, and who may see them."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.reporting.indicators import INDICATORS
from tests import factories as make
from tests.reporting.world import DAY, build_world

pytestmark = pytest.mark.django_db
YEAR = "from=2020-07-01&to=2021-06-30"


@pytest.fixture
def visit(client):
    """Open an address of the bilan in a role; return the response, its text with plain spaces."""

    def visit(address: str, role: Role = Role.REGIONAL_DIRECTOR, code: str | None = "06"):
        region = make.region(code) if code else None
        client.force_login(make.RoleGrantFactory(role=role, region=region).user)
        response = client.get(address)
        if not response.streaming:
            response.words = " ".join(response.content.decode().replace("\u00a0", " ").split())
        return response

    return visit


def bilan(query: str = YEAR) -> str:
    return f"{reverse('staff:bilan')}?{query}"


def evidence(code: str, query: str = YEAR) -> str:
    return f"{reverse('staff:evidence', args=[code])}?{query}"


def test_every_figure_is_shown_with_its_definition_and_leads_to_its_evidence(visit):
    build_world()
    page = visit(bilan())
    assert "Montréal, du 1er juillet 2020 au 30 juin 2021" in page.words
    assert "12 M$" in page.words
    for code, indicator in INDICATORS.items():
        assert f'href="{evidence(code)}"'.replace("&", "&amp;") in page.words
        assert str(indicator.definition)[:60].replace("\u00a0", " ") in page.words


def test_the_period_is_the_current_year_unless_told(visit):
    page = visit(bilan(""))
    assert 'aria-current="true"' in page.words
    assert visit(bilan("from=&to=")).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2021-07-01&to=2020-06-30", "La période finit le 30 juin 2020, avant de commencer"),
        ("from=hier&to=2020-06-30", "date"),
        (f"{YEAR}&region=99", "choix"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_computed(visit, query, sentence):
    page = visit(bilan(query), Role.MINISTRY_ANALYST, None)
    assert sentence in page.words
    assert "figure-value" not in page.words


def test_evidence_of_a_wrong_period_leads_back_to_its_choice(visit):
    wrong = "from=2021-07-01&to=2020-06-30"
    response = visit(evidence("service_points", wrong))
    assert (response.status_code, response["Location"]) == (302, bilan(wrong))


def test_roles_and_regions(visit):
    assert visit(bilan(), Role.INTEGRATION_AGENT).status_code == 403
    assert visit(bilan(f"{YEAR}&region=13")).status_code == 403
    assert visit(evidence("service_points", f"{YEAR}&region=13")).status_code == 403
    assert visit(evidence("service_points"), Role.TEAM_LEAD).status_code == 403
    lead = visit(bilan(), Role.TEAM_LEAD)
    assert lead.status_code == 200
    assert evidence("service_points").replace("&", "&amp;") not in lead.words
    analyst = visit(bilan(f"{YEAR}&region=13"), Role.MINISTRY_ANALYST, None)
    assert "Laval, du 1er juillet 2020" in analyst.words
    assert '<select name="region"' in analyst.words


def test_evidence_of_an_unknown_figure_does_not_exist(visit):
    assert visit(evidence("employeurs")).status_code == 404
    assert visit(f"{reverse('staff:bilan_export', args=['cire'])}?{YEAR}").status_code == 404


def test_evidence_is_a_list_with_its_sentence_and_pages(visit):
    for _ in range(30):
        make.AccompanimentFactory(in_charge=True, requested_on=DAY)
    page = visit(evidence("employers_accompanied"))
    assert "30 employeurs accompagnés, du 1er juillet 2020 au 30 juin 2021" in page.words
    assert " ".join(str(INDICATORS["employers_accompanied"].definition).split()) in page.words
    assert page.words.count("15 oct. 2020") == 25
    second = visit(evidence("employers_accompanied", f"{YEAR}&page=2&sort=-shown_label"))
    assert second.words.count("15 oct. 2020") == 5


def test_evidence_as_a_file_holds_every_record_and_its_amount(visit):
    for _ in range(30):
        make.AgreementFactory(signed_on=DAY)
    response = visit(evidence("agreements_signed_value", f"{YEAR}&export=csv"))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 31
    assert lines[0] == "Entente;Signée le;Montant engagé"
    assert lines[1].endswith(";2020-10-15;100000,00")


def test_a_record_leads_to_its_page_only_for_those_who_may_open_it(visit):
    world = build_world()
    page = visit(evidence("partner_organisations"))
    assert reverse("staff:organisation", args=[world.partner.uid]) in page.words
    person = visit(evidence("persons_with_result"))
    assert world.file.number in person.words
    assert str(world.file.uid) not in person.words
    assert world.file.person.family_name not in person.words


def test_a_share_shows_what_it_leaves_out(visit):
    world = build_world()
    late = make.FileFactory(service_point=world.office, opened_on=DAY)
    counted = visit(evidence("first_appointments_in_time"))
    assert "50 %" in counted.words
    assert late.number not in counted.words
    left_out = visit(evidence("first_appointments_in_time", f"{YEAR}&reste=1"))
    assert "1 dossier dont le premier rendez-vous n’est pas dans le délai" in left_out.words
    assert late.number in left_out.words
    assert world.file.number not in left_out.words


@pytest.mark.parametrize(
    ("format", "start"), [("json", "{"), ("text", "Bilan des réalisations"), ("html", "<!DOCTYPE html>")]
)
def test_the_bilan_as_a_file(visit, format, start):
    response = visit(f"{reverse('staff:bilan_export', args=[format])}?{YEAR}")
    assert response.content.decode().startswith(start)
    assert 'filename="bilan-06-2020-07-01-2021-06-30.' in response["Content-Disposition"]
    if format == "json":
        assert json.loads(response.content)["region"] == "06"


@pytest.mark.parametrize("address", [bilan, lambda: evidence("employers_accompanied")], ids=["bilan", "evidence"])
def test_the_cost_of_pages_does_not_grow(visit, client, address):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address()).status_code == 200
        return len(queries)

    build_world()
    visit(address())
    before = cost()
    for _ in range(30):
        make.AccompanimentFactory(in_charge=True, requested_on=DAY)
    assert cost() == before
    computing = len(INDICATORS) + sum(1 for indicator in INDICATORS.values() if indicator.denominator)
    assert before <= (computing + 20 if address is bilan else 24)  # the frame and the session take the rest
