import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.directory.queries import organisations_visible_to, services_for_need, services_visible_to, themes_of
from tests.factories import (
    NeedFactory,
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


def test_services_for_a_need_are_ranked_and_say_why():
    need = NeedFactory(theme=theme("housing"))
    housing = [theme("housing")]
    elsewhere = ServiceFactory(organisation__region=region("13"), languages=["fr", "ar"], themes=housing)
    late = ServiceFactory(languages=["fr", "ar"], themes=housing, delay_days=30)
    soon = ServiceFactory(languages=["fr", "ar"], themes=housing, delay_days=5)
    french = ServiceFactory(themes=housing)
    ServiceFactory(themes=housing, is_offered=False)
    ServiceFactory(themes=[theme("french")])
    matches = services_for_need(need, language="ar")
    assert [match.service for match in matches] == [soon, late, french, elsewhere]
    assert reasons_of(matches[0]) == [
        "Répond au thème « Logement ».",
        "Offert en arabe.",
        "Dans votre région.",
        "Délai habituel : 5 jours.",
    ]
    assert "N’est pas offert en arabe : prévoyez un interprète." in reasons_of(matches[2])
    assert "Dans une autre région : Laval." in reasons_of(matches[3])


def reasons_of(match):
    """Return the reasons, their non-breaking spaces as plain ones."""
    return [reason.replace("\u00a0", " ") for reason in match.reasons]


def test_services_that_declined_are_left_out():
    need = NeedFactory()
    service = ServiceFactory()
    assert services_for_need(need, without=[service.pk]) == []


def test_services_for_a_need_take_four_queries_whatever_their_number(django_assert_num_queries):
    need = NeedFactory()
    ServiceFactory.create_batch(8, address="1, rue de l’Exemple")
    with django_assert_num_queries(4):
        services_for_need(need, language="es")


def test_a_region_has_its_own_themes():
    own = theme("french")
    own.pk, own.code, own.region = None, "hiver", region("13")
    own.save()
    assert own in themes_of(region("13").pk)
    assert own not in themes_of(region().pk)
    assert own in themes_of(None)
