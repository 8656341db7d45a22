"""A second factor: required by role where the installation says so, asked at each sign-in once it is set up."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from arrimage.accounts.actions import remove_second_factor
from arrimage.accounts.enums import EMPLOYER_ROLES, PARTNER_ROLES, STAFF_ROLES, Role
from arrimage.accounts.second_factor import ROLES_NEEDING_ONE
from arrimage.foundation.errors import NotAllowed
from tests import factories as make
from tests.accounts.signing_in import SECRET, code, give_codes, is_signed_in, try_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def _required(settings) -> None:
    settings.REQUIRE_MFA = True


def working(role: Role = Role.INTEGRATION_AGENT) -> tuple:
    """Return somebody in that role and their browser, signed in by password a moment ago."""
    if role in PARTNER_ROLES:
        user = make.OrganisationMemberFactory(role=role).user
    elif role in EMPLOYER_ROLES:
        user = make.EmployerMemberFactory(role=role).user
    elif role == Role.NEWCOMER:
        user = make.PersonAccountFactory().user
    else:
        user = make.RoleGrantFactory(role=role, region=make.region()).user
    client = Client()
    assert try_password(client, user).status_code == 302
    return user, client


def set_up_codes(client: Client) -> str:
    """Set up an application of codes as its page asks; return its secret."""
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    response = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes"), response.content.decode()
    return secret


def test_every_role_but_the_newcomers_needs_one() -> None:
    assert frozenset(Role) - {Role.NEWCOMER} == ROLES_NEEDING_ONE
    assert STAFF_ROLES <= ROLES_NEEDING_ONE


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.PARTNER_WORKER, Role.EMPLOYER_ADMINISTRATOR])
def test_without_one_nothing_is_open_but_the_pages_that_set_it_up(role) -> None:
    _user, client = working(role)
    for name in ("home", "staff:home", "partners:home", "employers:home", "public:home", "sessions", "account_email"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_index"), name
    assert client.post(reverse("staff:account_new"), {"email": "x@x.example"})["Location"] == reverse("mfa_index")
    assert client.get(reverse("staff:home"), headers={"HX-Request": "true"})["HX-Redirect"] == reverse("mfa_index")
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout", "choose_role"):
        assert client.get(reverse(name)).status_code == 200, name
    assert "Il manque une seconde preuve" in client.get(reverse("mfa_index")).content.decode()


@pytest.mark.usefixtures("_required")
def test_once_set_up_the_work_begins() -> None:
    _user, client = working()
    set_up_codes(client)
    assert client.get(reverse("staff:home")).status_code == 200
    assert "Il manque" not in client.get(reverse("mfa_index")).content.decode()


@pytest.mark.usefixtures("_required")
def test_a_newcomer_chooses() -> None:
    _user, client = working(Role.NEWCOMER)
    assert client.get(reverse("newcomers:home")).status_code == 200


@pytest.mark.usefixtures("_required")
def test_the_role_acted_in_is_what_counts() -> None:
    user, client = working(Role.NEWCOMER)
    assert client.get(reverse("newcomers:home")).status_code == 200
    grant = make.RoleGrantFactory(user=user, role=Role.INTEGRATION_AGENT)
    assert client.get(reverse("newcomers:home")).status_code == 200
    client.post(reverse("choose_role"), {"grant": grant.key()})
    assert client.get(reverse("staff:home"))["Location"] == reverse("mfa_index")


def test_a_password_forgotten_once_keeps_nobody_from_setting_it_up() -> None:
    """django-allauth writes the address down then, as one nobody verified."""
    user, client = working()
    Client().post(reverse("account_reset_password"), {"email": user.email})
    assert EmailAddress.objects.filter(user=user, verified=False).exists()
    set_up_codes(client)
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_where_it_is_not_required_it_is_offered() -> None:
    _user, client = working()
    assert client.get(reverse("staff:home")).status_code == 200
    assert "Clés d’accès" in client.get(reverse("mfa_index")).content.decode()


def test_the_code_is_asked_at_each_sign_in_and_serves_once() -> None:
    user, client = make.UserFactory(), Client()
    give_codes(user)
    assert try_password(client, user)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Ce code ne convient pas" in page.content.decode()
    used = code()
    assert client.post(reverse("mfa_authenticate"), {"code": used}).status_code == 302
    assert is_signed_in(client)
    again = Client()
    try_password(again, user)
    assert again.post(reverse("mfa_authenticate"), {"code": used}).status_code == 200
    assert not is_signed_in(again)


def test_a_recovery_code_opens_once() -> None:
    user, client = working()
    set_up_codes(client)
    first = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    assert first in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert first in client.get(reverse("mfa_download_recovery_codes")).content.decode()
    for opens in (True, False):
        browser = Client()
        try_password(browser, user)
        browser.post(reverse("mfa_authenticate"), {"code": first})
        assert is_signed_in(browser) is opens


def test_secrets_are_encrypted_in_the_database() -> None:
    user = make.UserFactory()
    stored = give_codes(user)
    assert SECRET not in str(stored.data)
    assert stored.wrap().validate_code(code())


def test_taking_it_away_asks_who_it_is_when_the_sign_in_is_old(settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    user = make.UserFactory()
    client = Client()
    try_password(client, user)
    give_codes(user)
    assert client.get(reverse("mfa_deactivate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=user).exists()


def test_who_lost_theirs_is_set_going_again(django_capture_on_commit_callbacks) -> None:
    user, client = working()
    set_up_codes(client)
    administrator = make.actor(Role.ADMINISTRATOR, None)
    with django_capture_on_commit_callbacks(execute=True):
        remove_second_factor(administrator, user)
    assert not Authenticator.objects.filter(user=user).exists()
    assert not is_signed_in(client)
    assert [letter.to for letter in mail.outbox] == [[user.email]]
    assert try_password(Client(), user)["Location"] == reverse("home")
    with pytest.raises(NotAllowed):
        remove_second_factor(make.actor(Role.TEAM_LEAD), user)
