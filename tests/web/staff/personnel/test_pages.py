"""Who holds which role; accounts opened, closed and reopened, roles given and ended, by pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.foundation import clock
from tests.factories import OrganisationMemberFactory, RoleGrantFactory, ServicePointFactory, UserFactory, region
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db
TODAY = clock.today()


@pytest.fixture
def admin(db):
    return staff(Role.ADMINISTRATOR, None)


def at(name: str, *things) -> str:
    return reverse(f"staff:{name}", args=[thing.uid for thing in things])


def account_form(**said):
    return {"email": "nouvelle@x.example", "name": "Nour Elle", "language": "fr", "role": "", "region": "",
            "service_point": "", "starts_on": TODAY.isoformat(), "ends_on": "", **said}  # fmt: skip


def test_the_list_shows_todays_roles_and_those_of_another_day(admin):
    RoleGrantFactory(user__name="Ancienne Agente", ends_on=TODAY - timedelta(days=30))
    RoleGrantFactory(user__name="Agente Actuelle")
    page = words(admin.get(reverse("staff:personnel")))
    assert "Agente Actuelle" in page
    assert "Ancienne Agente" not in page
    then = (TODAY - timedelta(days=60)).isoformat()
    assert "Ancienne Agente" in words(admin.get(reverse("staff:personnel") + f"?on={then}"))


def test_the_list_is_filtered_by_name_role_and_point(admin):
    point = ServicePointFactory()
    RoleGrantFactory(user__name="Zoé Bélanger", service_point=point)
    RoleGrantFactory(user__name="Omar Diallo", role=Role.TEAM_LEAD)
    for query, seen, unseen in (
        ("q=belanger", "Zoé", "Omar"),
        ("role=team_lead", "Omar", "Zoé"),
        (f"service_point={point.pk}", "Zoé", "Omar"),
    ):
        page = words(admin.get(reverse("staff:personnel") + f"?{query}"))
        assert seen in page
        assert unseen not in page
    assert admin.get(reverse("staff:personnel") + "?on=hier&role=roi&service_point=x").status_code == 200


def test_an_account_opens_with_its_first_role_and_once(admin):
    point = ServicePointFactory()
    said = account_form(role="integration_agent", region=point.region_id, service_point=point.pk)
    response = admin.post(reverse("staff:account_new"), said, follow=True)
    assert "Le compte de Nour Elle est ouvert" in words(response)
    grant = RoleGrant.objects.get(user__email="nouvelle@x.example")
    assert (grant.service_point, grant.starts_on, grant.granted_by is not None) == (point, TODAY, True)
    assert not grant.user.has_usable_password()
    assert "Un compte existe déjà" in words(admin.post(reverse("staff:account_new"), said))
    assert User.objects.filter(email="nouvelle@x.example").count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": "non"}, "adresse"),
        ({"name": ""}, "obligatoire"),
        ({"role": "team_lead"}, "Indiquez la région"),
        ({"role": "newcomer"}, "choix"),
        ({"role": "administrator", "ends_on": "2020-01-01"}, "précéder"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_and_nothing_opens(admin, said, sentence):
    page = admin.post(reverse("staff:account_new"), account_form(**said))
    assert sentence in words(page)
    assert not User.objects.filter(name="Nour Elle").exists()


def test_a_role_is_given_once_and_ended(admin):
    user = UserFactory()
    said = {"role": "reception_agent", "region": region().pk, "starts_on": TODAY.isoformat()}
    admin.post(at("role_grant", user), said)
    assert "tient déjà ce rôle" in words(admin.post(at("role_grant", user), said))
    grant = RoleGrant.objects.get(user=user)
    assert "précéder" in words(admin.post(at("role_end", grant), {"ends_on": "2020-01-01"}))
    for _ in range(2):
        admin.post(at("role_end", grant), {"ends_on": TODAY.isoformat()})
    grant.refresh_from_db()
    assert grant.ends_on == TODAY
    assert "Rôles de la direction" in words(admin.get(at("account", user)))


def test_an_account_closes_at_once_and_reopens(admin):
    grant = RoleGrantFactory(role=Role.RECEPTION_AGENT)
    browser = Client()
    browser.force_login(grant.user)
    assert browser.get(reverse("reception:home")).status_code == 200
    admin.post(at("account_state", grant.user), {"active": "no"})
    assert browser.get(reverse("reception:home")).status_code == 302
    admin.post(at("account_state", grant.user), {"active": "yes"})
    assert User.objects.get(pk=grant.user.pk).is_active


def test_nobody_closes_their_own_account(admin):
    own = RoleGrant.objects.get(role=Role.ADMINISTRATOR).user
    response = admin.post(at("account_state", own), {"active": "no"}, follow=True)
    assert "votre propre compte" in words(response)
    assert User.objects.get(pk=own.pk).is_active


def test_the_account_of_a_partner_shows_whom_they_act_for(admin):
    member = OrganisationMemberFactory(organisation__name="Maison d’essai")
    assert "Maison d’essai" in words(admin.get(at("account", member.user)))
    assert member.user.email in words(admin.get(reverse("staff:accounts") + f"?q={member.user.email}"))
    assert admin.get(reverse("staff:accounts") + "?is_active=False&sort=-created_at").status_code == 200


def test_who_consults_and_who_manages():
    grant = RoleGrantFactory(user__name="Agente Montréal")
    RoleGrantFactory(user__name="Agent Laval", region=region("13"))
    for role, code in ((Role.REGIONAL_DIRECTOR, "06"), (Role.TEAM_LEAD, "06"), (Role.PRIVACY_OFFICER, None)):
        browser = staff(role, code)
        page = words(browser.get(reverse("staff:personnel")))
        assert "Agente Montréal" in page
        assert ("Agent Laval" in page) == (code is None)
        assert "Ouvrir un compte" not in page
        for address in (reverse("staff:accounts"), reverse("staff:account_new"), at("account", grant.user),
                        at("role_grant", grant.user), at("role_end", grant)):  # fmt: skip
            assert browser.get(address).status_code == 403
        assert browser.post(at("account_state", grant.user), {"active": "no"}).status_code == 403
    for role in (Role.RECEPTION_AGENT, Role.INTEGRATION_AGENT):
        assert staff(role).get(reverse("staff:personnel")).status_code == 403


def test_lists_cost_the_same_for_ten_people_and_a_thousand(admin, django_assert_max_num_queries):
    def cost() -> list[int]:
        costs = []
        for address in (reverse("staff:personnel"), reverse("staff:accounts")):
            with django_assert_max_num_queries(20) as captured:
                assert admin.get(address).status_code == 200
            costs.append(len(captured))
        return costs

    def many(first: int, count: int) -> None:
        users = User.objects.bulk_create(
            [User(email=f"p{n}@x.example", name=f"Personne {n}") for n in range(first, first + count)]
        )
        RoleGrant.objects.bulk_create(
            [RoleGrant(user=u, role=Role.INTEGRATION_AGENT, region=region(), starts_on=TODAY) for u in users]
        )

    many(0, 10)
    admin.get(reverse("staff:personnel"))
    few = cost()
    many(10, 990)
    assert cost() == few
