import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.actions import (
    NewService,
    ServiceChange,
    create_organisations,
    create_services,
    edit_organisations,
    edit_services,
)
from arrimage.directory.enums import OrganisationKind
from arrimage.directory.models import Organisation, Service
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests.factories import OrganisationFactory, ServiceFactory, actor, region, theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def test_organisations_are_created_together(advisor):
    create_organisations(advisor, [Organisation(region=region(), name=f"Organisme {n}") for n in range(3)])
    assert Organisation.objects.count() == 3


def test_a_name_is_taken_once_a_region(advisor):
    OrganisationFactory(name="Accueil")
    with pytest.raises(Conflict):
        create_organisations(advisor, [Organisation(region=region(), name="Accueil")])


@pytest.mark.parametrize(
    "fields",
    [
        {"name": " "},
        {"neq": "123"},
        {"kind": OrganisationKind.MUNICIPALITY},
    ],
)
def test_an_organisation_is_checked(advisor, fields):
    with pytest.raises(InvalidInput):
        create_organisations(advisor, [Organisation(**({"region": region(), "name": "Accueil"} | fields))])


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR, Role.MINISTRY_ANALYST])
def test_only_those_who_keep_the_directory_write_it(role):
    code = None if role == Role.MINISTRY_ANALYST else "06"
    with pytest.raises(NotAllowed):
        create_organisations(actor(role, code), [Organisation(region=region(), name="Accueil")])


def test_another_region_is_out_of_reach(advisor):
    with pytest.raises(NotAllowed):
        create_organisations(advisor, [Organisation(region=region("13"), name="Accueil")])
    with pytest.raises(NotAllowed):
        edit_organisations(advisor, [Change(OrganisationFactory(region=region("13")), {"name": "Autre"})])
    elsewhere = ServiceFactory(organisation__region=region("13"))
    with pytest.raises(NotAllowed):
        edit_services(advisor, [ServiceChange(elsewhere, {"name": "Autre"})])


def test_only_what_differs_is_written(advisor):
    one, two = OrganisationFactory.create_batch(2)
    changed = edit_organisations(advisor, [Change(one, {"phone": "+15145550142"}), Change(two, {"name": two.name})])
    assert [organisation.pk for organisation in changed] == [one.pk]


def test_an_old_version_conflicts(advisor):
    organisation = OrganisationFactory()
    edit_organisations(advisor, [Change(organisation, {"address": "1, rue A"}, version=organisation.version)])
    with pytest.raises(Conflict):
        edit_organisations(advisor, [Change(organisation, {"address": "2, rue B"}, version=organisation.version)])


def test_a_service_comes_with_its_themes(advisor):
    organisation = OrganisationFactory()
    service = Service(organisation=organisation, name="Logement", languages=["fr"])
    create_services(advisor, [NewService(service, [theme("housing"), theme("finances")])])
    assert {one.code for one in service.themes.all()} == {"housing", "finances"}


def test_a_service_without_theme_or_language_is_refused(advisor):
    organisation = OrganisationFactory()
    with pytest.raises(InvalidInput, match="thème"):
        create_services(advisor, [NewService(Service(organisation=organisation, name="A", languages=["fr"]), [])])
    with pytest.raises(InvalidInput, match="langue"):
        create_services(advisor, [NewService(Service(organisation=organisation, name="A"), [theme()])])


def test_changing_themes_alone_counts_as_a_change(advisor):
    service = ServiceFactory(themes=[theme("housing")])
    assert edit_services(advisor, [ServiceChange(service, {}, themes=[theme("housing")])]) == []
    assert edit_services(advisor, [ServiceChange(service, {}, themes=[theme("french")])]) == [service]
    assert [one.code for one in service.themes.all()] == ["french"]
