"""A household consents at the airport in one step: the texts once, a signature an adult, a parent for the children."""

import json

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.privacy.consents.models import Consent
from tests import factories as f
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db
STROKES = json.dumps([[[10, 100], [200, 40], [300, 120], [400, 60], [590, 100]]])
EVERYTHING = {"accompaniment", "plan_referrals", "contact"}


@pytest.fixture
def desk(db):
    return staff(Role.RECEPTION_AGENT)


@pytest.fixture
def party(db):
    """Two adults and a child, met, their files open."""
    flight, party, point = f.FlightFactory(), f.PartyFactory(), f.ServicePointFactory()
    for relation, born in (("principal", 1990), ("spouse", 1992), ("child", clock.today().year - 5)):
        birth_date = clock.today().replace(year=born)
        arrival = f.ArrivalFactory(flight=flight, party=party, relation=relation, birth_date=birth_date, with_file=True)
        arrival.person.birth_date = birth_date
        arrival.person.save()
        f.FileFactory(person=arrival.person, service_point=point)
    return party


def at(party) -> str:
    return reverse("reception:consents", args=[party.uid])


def said(forms, *, agreed: int, **fields) -> dict[str, object]:
    """Return what a browser sends of the page: the first `agreed` adults sign."""
    data: dict[str, object] = {}
    for rank, form in enumerate(forms):
        own = {"read": form["read"].value(), "purposes": form["purposes"].value(), "means": "signature"}
        if "children" in form.fields:
            own["children"] = form["children"].value()
        if rank < agreed:
            own |= {"signature": STROKES, "agreed": "on", **fields}
        data |= {f"{form.prefix}-{name}": value for name, value in own.items()}
    return data


def test_a_household_signs_in_one_step(desk, party) -> None:
    page = desk.get(at(party))
    shown = words(page)
    assert shown.count("توجيهي إلى هيئات خطتي") == 1
    assert len(page.context["forms"]) == 2
    response = desk.post(at(party), said(page.context["forms"], agreed=2))
    assert response["Location"] == reverse("reception:first_appointment", args=[party.uid])
    adult, spouse, child = (each.person for each in party.arrivals.order_by("pk"))
    for person, purposes in (
        (adult, EVERYTHING), (spouse, EVERYTHING), (child, {"accompaniment", "plan_referrals"}),
    ):  # fmt: skip
        assert set(person.consents.values_list("purpose", flat=True)) == purposes
    assert set(child.consents.values_list("given_by", "guardian_id", "guardian_name")) == {
        ("parent", adult.pk, str(adult))
    }
    assert set(Consent.objects.values_list("text__language", flat=True)) == {"ar"}
    assert "Chaque adulte du groupe a déjà consenti" in words(desk.get(at(party)))


def test_one_may_say_yes_and_the_other_no(desk, party) -> None:
    forms = desk.get(at(party)).context["forms"]
    desk.post(at(party), said(forms, agreed=1))
    adult, spouse, _child = (each.person for each in party.arrivals.order_by("pk"))
    assert adult.consents.count() == 3
    assert not spouse.consents.exists()
    (left,) = desk.get(at(party)).context["forms"]
    assert left.person == spouse


def test_a_missing_signature_keeps_everything_out(desk, party) -> None:
    forms = desk.get(at(party)).context["forms"]
    data = said(forms, agreed=2)
    data[f"{forms[1].prefix}-signature"] = ""
    assert "Signez dans le cadre" in words(desk.post(at(party), data))
    assert not Consent.objects.exists()


def test_nobody_agreeing_is_said(desk, party) -> None:
    forms = desk.get(at(party)).context["forms"]
    assert "Personne n’a consenti" in words(desk.post(at(party), said(forms, agreed=0)))
    assert not Consent.objects.exists()


def test_the_party_leads_to_it_before_the_appointment(desk, party) -> None:
    page = reverse("reception:party", args=[party.uid])
    assert "Lire et faire signer" in words(desk.get(page))
    desk.post(at(party), said(desk.get(at(party)).context["forms"], agreed=1))
    shown = words(desk.get(page))
    assert "Lire et faire signer" not in shown
    assert "Proposer un premier rendez-vous" in shown


def test_another_region_sees_no_party(party) -> None:
    elsewhere = staff(Role.RECEPTION_AGENT, code="13")
    assert elsewhere.get(at(party)).status_code == 404
    assert elsewhere.post(at(party), {}).status_code == 404


def test_the_form_that_adds_somebody_says_why(desk, party) -> None:
    page = words(desk.get(reverse("reception:add_to_party", args=[party.uid])))
    assert "Qui recueille vos renseignements" in page
    assert "قبل التسجيل" in page or "الإدارة الجهوية" in page
    assert "Avis, version 1" in page
