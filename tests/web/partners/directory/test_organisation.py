"""An organisation keeps its own page: it corrects at once or proposes, closes, confirms; another's is not there."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.models import CostOption, Phone, Proposal, Review, Schedule, ServiceClosure
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date
from tests.factories import OrganisationMemberFactory, ServiceFactory, theme
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return ServiceFactory(name="Cours du soir", organisation__phone="5145550199")


@pytest.fixture
def own(service):
    return Visitor(OrganisationMemberFactory(organisation=service.organisation))


def filled(service, **fields):
    return {
        "name": service.name,
        "description": service.description,
        "languages": service.languages,
        "contact_email": service.contact_email,
        "version": service.version,
        **fields,
    }


def test_the_page_says_what_is_to_do(own, service):
    page = own.open("partners:organisation")
    for words in (
        service.organisation.name,
        "Cours du soir",
        "Confirmer que tout est à jour",
        "sur",
        "Choisir le ryth",
    ):
        assert words in page, words


def test_confirming_and_the_rhythm(own, service):
    own.send("partners:rhythm", months=3)
    assert Review.objects.get().months == 3
    assert "confirmée à jour" in own.send("partners:confirm")
    service.refresh_from_db()
    assert service.assured_date == clock.today()
    assert "À confirmer avant le" in own.open("partners:organisation")


def test_what_takes_effect_and_what_is_proposed(own, service):
    page = own.send("partners:service_edit", service.uid, **filled(service, name="Cours", delay_days=4))
    assert "est à jour" in page
    assert "modification de ce service attend" in page
    service.refresh_from_db()
    assert (service.name, service.delay_days) == ("Cours du soir", 4)
    assert "Cours du soir" in own.open("partners:proposals")
    own.send("partners:proposal_withdraw", Proposal.objects.get().uid)
    assert "Retirée par l’organisme" in own.open("partners:proposals")


def test_an_old_page_overwrites_nothing(own, service):
    service.email = "neuf@demo.example"
    service.save()
    page = own.send("partners:service_edit", service.uid, **filled(service, version=1), delay_days=4, status=200)
    assert "modifié entre-temps" in page


def test_hours_at_once_and_costs_proposed(own, service):
    own.send("partners:service_part_add", service.uid, "horaires", days=["MO"], opens_at="09:00", closes_at="12:00")
    assert Schedule.objects.get().byday == "MO"
    page = own.send("partners:service_part_add", service.uid, "couts", option="Matériel", amount="10")
    assert "C’est proposé" in page
    assert not CostOption.objects.exists()
    cost = CostOption.objects.create(service=service, option="Livres")
    edit = ("partners:service_part_edit", service.uid, "couts", cost.uid)
    assert "Proposer la modification" in own.open(*edit)
    own.send(*edit, option="Cahiers", version=1)
    own.send("partners:service_part_remove", service.uid, "couts", cost.uid)
    cost.refresh_from_db()
    assert cost.option == "Livres"
    assert [each.operation for each in Proposal.objects.order_by("pk")] == ["add", "change", "remove"]


def test_the_organisation_s_phone_at_once_its_name_proposed(own, service):
    organisation = service.organisation
    typed = {"name": "Autre nom", "phone": "514 555-0123", "email": "a@demo.example", "version": organisation.version}
    own.send("partners:organisation_edit", **typed)
    organisation.refresh_from_db()
    assert (organisation.phone, organisation.email) == ("+15145550123", "a@demo.example")
    assert Proposal.objects.get().after == {"name": "Autre nom"}


def test_closed_for_a_time_the_public_page_says_until_when(own, service, client):
    last = clock.today() + timedelta(days=10)
    typed = {"starts_on": clock.today().isoformat(), "ends_on": last.isoformat(), "reason": "Travaux"}
    assert "Fermé temporairement jusqu’au" in own.send("partners:service_close", service.uid, **typed)
    public = visitor().open("public:service", service.uid)
    assert f"Fermé temporairement jusqu’au {write_date(last, 'long')}" in public or "Fermé temporairement" in public
    assert "Travaux" in public
    assert "Travaux" in visitor().open("staff:service", service.uid)
    assert "Le service est offert" in own.send("partners:service_reopen", service.uid)
    assert ServiceClosure.objects.get().ended_on == clock.today()


def test_its_history_says_who_and_what(own, service):
    own.send("partners:service_edit", service.uid, **filled(service, delay_days=4))
    page = own.open("partners:service_history", service.uid)
    assert own.user.name in page
    assert "Délai habituel" in page


def test_another_s_service_is_not_there(service):
    other = Visitor(OrganisationMemberFactory(role=Role.PARTNER_MANAGER))
    phone = Phone.objects.create(service=service, number="5145550101")
    for name, *more in (
        ("service",), ("service_edit",), ("service_close",), ("service_history",),
        ("service_part_add", "horaires"), ("service_part_edit", "contacts", phone.uid),
    ):  # fmt: skip
        other.open(f"partners:{name}", service.uid, *more, status=404)
    assert other.client.post(f"/partenaires/organisme/services/{service.uid}/rouvrir/").status_code == 404


def test_its_page_takes_as_many_queries_whatever_the_services(own, service):
    first = own.queries("partners:organisation")
    for _ in range(5):
        ServiceFactory(organisation=service.organisation)
    assert own.queries("partners:organisation") == first


def test_its_history_tells_its_closures(own, service):
    day = clock.today().isoformat()
    own.send("partners:service_close", service.uid, starts_on=day, ends_on=day, reason="Travaux")
    page = own.open("partners:service_history", service.uid)
    assert "fermeture temporaire" in page.lower()
    assert "Travaux" in page


def test_a_service_proposed_is_read_accepted_and_then_one_s_own(own, service):
    where = service.organisation.locations.create(name="Siège")
    typed = {"name": "Ateliers", "description": "Samedi", "languages": ["fr"], "themes": [theme("french").pk]}
    assert "Proposer un service" in own.open("partners:organisation")
    assert "Siège" in own.open("partners:service_propose")
    assert "Ce champ est obligatoire" in own.send("partners:service_propose", **typed | {"themes": []}, status=200)
    page = own.send("partners:service_propose", **typed, location=where.pk)
    own.send("partners:service_propose", **typed, location=where.pk)
    assert "C’est proposé" in page
    assert "Ateliers" in page
    proposal = Proposal.objects.get()
    advisor = visitor()
    page = advisor.open("staff:proposal", proposal.uid)
    assert all(words in page for words in ("Ateliers", "Samedi", "Siège", "Accepter"))
    assert "Avant" not in page
    advisor.send("staff:proposal_accept", proposal.uid, version="")
    made = service.organisation.services.get(name="Ateliers")
    assert "Samedi" in advisor.open("staff:service", made.uid)
    assert f"/services/{made.uid}/" in own.open("partners:proposals")
    assert "Ateliers" in own.open("partners:service", made.uid)


def test_a_service_refused_says_why(own, service):
    own.send("partners:service_propose", name="Ateliers", languages=["fr"], themes=[theme("french").pk])
    proposal = Proposal.objects.get()
    visitor().send("staff:proposal_refuse", proposal.uid, reason="Hors mandat")
    assert "Hors mandat" in own.open("partners:proposals")
