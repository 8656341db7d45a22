import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.directory.queries import organisations_visible_to, services_visible_to, themes_of
from tests.factories import (
    OrganisationFactory,
    OrganisationMemberFactory,
    ServiceFactory,
    actor,
    region,
    theme,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.RECEPTION_AGENT, Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR])
def test_the_staff_consults_the_whole_directory(role):
    ServiceFactory(organisation__region=region("13"))
    assert organisations_visible_to(actor(role)).count() == services_visible_to(actor(role)).count() == 1


def test_a_partner_sees_its_own_organisation_alone():
    member = OrganisationMemberFactory()
    own = ServiceFactory(organisation=member.organisation)
    ServiceFactory()
    partner = actor_of(member)
    assert list(organisations_visible_to(partner)) == [member.organisation]
    assert list(services_visible_to(partner)) == [own]


def test_accounts_alone_see_nothing_of_the_directory():
    OrganisationFactory()
    assert not organisations_visible_to(actor(Role.ADMINISTRATOR, None)).exists()


def test_a_region_has_its_own_themes():
    own = theme("french")
    own.pk, own.code, own.region = None, "hiver", region("13")
    own.save()
    assert own in themes_of(region("13").pk)
    assert own not in themes_of(region().pk)
    assert own in themes_of(None)
