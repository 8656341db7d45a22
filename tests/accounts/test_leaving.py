"""Whoever leaves loses access at once, sessions too; their records keep their name. Nobody changes their own roles."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from arrimage.accounts.actions import (
    NewGrant,
    end_role,
    end_sessions_of,
    give_access,
    grant_roles,
    set_account_active,
)
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.queries import users_visible_to
from arrimage.accounts.rights import actor_of, system_actor
from arrimage.directory.models import OrganisationMember
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed
from tests import factories as make
from tests.accounts.signing_in import is_signed_in, try_password

pytestmark = pytest.mark.django_db
YESTERDAY = clock.today() - timedelta(days=1)


@pytest.fixture
def administrator():
    return make.actor(Role.ADMINISTRATOR, None)


def at_work(grant) -> list[Client]:
    """Return two browsers where the holder of a grant is signed in."""
    clients = [Client(), Client()]
    for client in clients:
        assert try_password(client, grant.user).status_code == 302
    assert UserSession.objects.filter(user=grant.user).count() == 2
    return clients


def assert_out(clients, user) -> None:
    assert not any(is_signed_in(client) for client in clients)
    assert not UserSession.objects.filter(user=user).exists()


def test_closing_an_account_ends_its_sessions(administrator) -> None:
    grant = make.RoleGrantFactory()
    clients = at_work(grant)
    keys = list(UserSession.objects.filter(user=grant.user).values_list("session_key", flat=True))
    set_account_active(administrator, grant.user, active=False)
    assert_out(clients, grant.user)
    assert not Session.objects.filter(session_key__in=keys).exists()
    set_account_active(administrator, grant.user, active=True)
    assert not any(is_signed_in(client) for client in clients)


def test_the_end_of_the_last_role_ends_the_sessions(administrator) -> None:
    grant = make.RoleGrantFactory()
    second = make.RoleGrantFactory(user=grant.user, role=Role.RECEPTION_AGENT)
    clients = at_work(grant)
    end_role(administrator, second, ends_on=YESTERDAY)
    assert all(is_signed_in(client) for client in clients)
    end_role(administrator, grant, ends_on=YESTERDAY)
    assert_out(clients, grant.user)


def test_a_role_that_ends_later_is_held_until_then(administrator) -> None:
    grant = make.RoleGrantFactory()
    clients = at_work(grant)
    end_role(administrator, grant, ends_on=clock.today())
    assert all(is_signed_in(client) for client in clients)


def test_what_somebody_did_keeps_their_name(administrator) -> None:
    given = make.RoleGrantFactory(role=Role.ADMINISTRATOR, region=None)
    other = make.RoleGrantFactory(granted_by=given.user)
    end_role(administrator, given, ends_on=YESTERDAY)
    set_account_active(administrator, given.user, active=False)
    kept = RoleGrant.objects.select_related("granted_by").get(pk=other.pk)
    assert kept.granted_by.name == given.user.name


def test_an_administrator_ends_somebody_s_sessions(administrator) -> None:
    grant = make.RoleGrantFactory()
    clients = at_work(grant)
    assert end_sessions_of(administrator, grant.user) == 2
    assert_out(clients, grant.user)
    assert try_password(Client(), grant.user).status_code == 302
    with pytest.raises(NotAllowed):
        end_sessions_of(make.actor(Role.TEAM_LEAD), grant.user)


def test_another_password_ends_the_other_sessions() -> None:
    grant = make.RoleGrantFactory()
    here, elsewhere = at_work(grant)
    chosen = {"oldpassword": make.PASSWORD, "password1": "une autre phrase", "password2": "une autre phrase"}
    assert here.post(reverse("account_change_password"), chosen).status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert UserSession.objects.filter(user=grant.user).count() == 1


def test_an_idle_session_ends(settings) -> None:
    assert settings.SESSION_COOKIE_AGE == 12 * 3600
    settings.SESSION_COOKIE_AGE = -1
    client = Client()
    try_password(client, make.UserFactory())
    assert not is_signed_in(client)


# --- Who may give what ----------------------------------------------------------------------------------------------
def own_grant(region=None) -> RoleGrant:
    return make.RoleGrantFactory(role=Role.ADMINISTRATOR, region=region)


def test_nobody_gives_themselves_a_role_or_changes_their_own() -> None:
    grant = own_grant()
    actor = actor_of(grant)
    organisation = make.OrganisationFactory()
    for attempt in (
        lambda: grant_roles(actor, [NewGrant(grant.user, Role.PRIVACY_OFFICER)]),
        lambda: end_role(actor, grant, ends_on=clock.today() + timedelta(days=900)),
        lambda: give_access(
            actor, [OrganisationMember(user=grant.user, organisation=organisation, role=Role.PARTNER_WORKER)]
        ),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert RoleGrant.objects.filter(user=grant.user).count() == 1


def test_who_administers_one_region_gives_nothing_elsewhere_nor_everywhere() -> None:
    actor = actor_of(own_grant(make.region("06")))
    user = make.UserFactory()
    grant_roles(actor, [NewGrant(user, Role.TEAM_LEAD, make.region("06"))])
    for wrong in (
        NewGrant(make.UserFactory(), Role.TEAM_LEAD, make.region("13")),
        NewGrant(make.UserFactory(), Role.ADMINISTRATOR),
    ):
        with pytest.raises(NotAllowed):
            grant_roles(actor, [wrong])
    elsewhere = make.RoleGrantFactory(region=make.region("13"))
    everywhere = make.RoleGrantFactory(role=Role.PRIVACY_OFFICER, region=None)
    for grant in (elsewhere, everywhere):
        for attempt in (
            lambda grant=grant: end_role(actor, grant, ends_on=clock.today()),
            lambda grant=grant: set_account_active(actor, grant.user, active=False),
            lambda grant=grant: end_sessions_of(actor, grant.user),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert not users_visible_to(actor).filter(pk=grant.user_id).exists()
    assert users_visible_to(actor).filter(pk=user.pk).exists()


def test_only_who_manages_accounts_gives_roles() -> None:
    for role in (Role.REGIONAL_DIRECTOR, Role.PRIVACY_OFFICER):
        actor = make.actor(role, None if role == Role.PRIVACY_OFFICER else "06")
        with pytest.raises(NotAllowed):
            grant_roles(actor, [NewGrant(make.UserFactory(), Role.TEAM_LEAD, make.region())])


def test_a_role_is_held_for_its_period_alone() -> None:
    user, today = make.UserFactory(), clock.today()
    installation = system_actor("installation", Right.MANAGE_ACCOUNTS)
    grant_roles(
        installation,
        [NewGrant(user, Role.TEAM_LEAD, make.region(), starts_on=today + timedelta(days=1)),
         NewGrant(user, Role.RECEPTION_AGENT, make.region(), starts_on=today - timedelta(days=9), ends_on=YESTERDAY)],
    )  # fmt: skip
    client = Client()
    try_password(client, user)
    assert client.get(reverse("staff:home")).status_code == 403
    with pytest.raises(InvalidInput):
        grant_roles(installation, [NewGrant(user, Role.TEAM_LEAD, make.region(), starts_on=today, ends_on=YESTERDAY)])
