"""The directory on screen: everybody of the staff reads it, the advisors of the region keep it."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.models import Organisation, Service
from tests.factories import OrganisationFactory, ServiceFactory, region, theme
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return visitor()


READERS = [Role.RECEPTION_AGENT, Role.INTEGRATION_AGENT, Role.TEAM_LEAD, Role.REGIONAL_DIRECTOR, Role.REGIONAL_ADVISOR]


@pytest.mark.parametrize("role", READERS)
def test_the_staff_reads_the_directory(role):
    service = ServiceFactory(name="Clinique des papiers")
    reader = visitor(role)
    assert "Clinique des papiers" in reader.open("staff:services")
    assert service.organisation.name in reader.open("staff:organisations")
    assert service.contact_email in reader.open("staff:service", service.uid)
    assert "Clinique des papiers" in reader.open("staff:organisation", service.organisation.uid)


def test_those_who_only_keep_accounts_do_not():
    administrator = visitor(Role.ADMINISTRATOR, None)
    for name in ("staff:services", "staff:organisations"):
        administrator.open(name, status=403)


def test_one_s_own_region_comes_first_and_another_on_asking(advisor):
    ServiceFactory(name="Ici")
    ServiceFactory(name="À Laval", organisation__region=region("13"))
    own = advisor.open("staff:services")
    assert "Ici" in own
    assert "À Laval" not in own
    assert "À Laval" in advisor.open("staff:services", query="?territory=13")
    assert "2 services" in advisor.open("staff:services", query="?territory=quebec")


@pytest.mark.parametrize("typed", ["cafe cotes", "COTE-DES-NEIGES café", "  Café  "])
def test_the_search_forgives_accents_case_and_order(advisor, typed):
    ServiceFactory(name="Café-rencontre Côte-des-Neiges, entraide Côtes")
    ServiceFactory(name="Autre chose")
    assert "1 service" in advisor.open("staff:services", query=f"?q={typed}")


def test_services_are_narrowed_by_need_and_language(advisor):
    ServiceFactory(themes=[theme("housing")], languages=["fr", "ar"])
    ServiceFactory(themes=[theme("french")])
    assert "1 service" in advisor.open("staff:services", query=f"?theme={theme('housing').pk}")
    assert "1 service" in advisor.open("staff:services", query="?language=ar")
    assert "1 service" in advisor.open("staff:services", query="?q=logement")


def test_a_service_no_longer_offered_is_shown_on_asking(advisor):
    ServiceFactory(name="Ancien", is_offered=False)
    assert "Ancien" not in advisor.open("staff:services")
    assert "Ancien" in advisor.open("staff:services", query="?ended=on")


def test_the_list_is_a_file_too(advisor):
    ServiceFactory(name="Clinique", contact_email="ici@demo.example")
    assert "Clinique" in advisor.open("staff:services", query="?export=csv")


@pytest.mark.parametrize("name", ["staff:services", "staff:organisations"])
def test_a_list_takes_as_many_queries_with_a_thousand_rows(advisor, name):
    ServiceFactory.create_batch(10)
    few = advisor.queries(name)
    organisations = Organisation.objects.bulk_create(
        Organisation(region=region(), name=f"Autre {n}", kind="community") for n in range(990)
    )
    Service.objects.bulk_create(Service(organisation=one, name="Service", languages=["fr"]) for one in organisations)
    assert advisor.queries(name) == few <= 20


# --- Keeping it -----------------------------------------------------------------------------------------------------
def test_an_advisor_adds_an_organisation_then_a_service(advisor):
    page = advisor.send(
        "staff:organisation_add", name="Accueil", kind="community", phone="514 555-0142", neq="1160000000"
    )
    assert "514 555-0142" in page
    organisation = Organisation.objects.get()
    assert (organisation.region, organisation.phone) == (region(), "+15145550142")
    page = advisor.send(
        "staff:service_add", organisation.uid, name="Logement", themes=[theme("housing").pk], languages=["fr", "ar"]
    )
    assert "Logement" in page
    assert Service.objects.get().languages == ["fr", "ar"]


def test_what_is_refused_is_said_beside_its_field(advisor):
    page = advisor.send("staff:organisation_add", name="A", kind="community", neq="12", status=200)
    assert "10 chiffres" in page
    page = advisor.send("staff:organisation_add", name="A", kind="municipality", status=200)
    assert "municipalité gouverne" in page
    OrganisationFactory(name="Accueil")
    assert "existe déjà" in advisor.send("staff:organisation_add", name="Accueil", kind="community", status=200)


def test_two_people_do_not_overwrite_each_other(advisor):
    organisation = OrganisationFactory(name="Accueil")
    fields = {"name": "Accueil", "kind": "community", "version": 1}
    advisor.send("staff:organisation_edit", organisation.uid, **fields, address="1, rue A")
    page = advisor.send("staff:organisation_edit", organisation.uid, **fields, address="2, rue B", status=200)
    assert "a été modifié entre-temps" in page


def test_a_service_changes_with_its_themes(advisor):
    service = ServiceFactory()
    advisor.send(
        "staff:service_edit",
        service.uid,
        name="Nouveau",
        themes=[theme("health").pk],
        languages=["es"],
        version=1,
    )
    service.refresh_from_db()
    assert (service.name, service.languages, service.is_offered) == ("Nouveau", ["es"], False)
    assert [one.code for one in service.themes.all()] == ["health"]


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR])
def test_others_do_not_change_it(role):
    service = ServiceFactory()
    reader = visitor(role)
    assert "Ajouter un organisme" not in reader.open("staff:organisations")
    assert "Modifier" not in reader.open("staff:service", service.uid)
    reader.open("staff:organisation_add", status=403)
    for name, uid in [
        ("staff:service_edit", service.uid),
        ("staff:organisation_edit", service.organisation.uid),
        ("staff:service_add", service.organisation.uid),
    ]:
        reader.open(name, uid, status=403)


def test_another_region_is_read_but_not_changed(advisor):
    service = ServiceFactory(organisation__region=region("13"))
    assert "Modifier" not in advisor.open("staff:service", service.uid)
    advisor.open("staff:service_edit", service.uid, status=404)
    advisor.open("staff:organisation_edit", service.organisation.uid, status=404)
