"""Sign-in through an identity provider: a real one, on this machine, asked by the whole dialogue of OpenID Connect."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client
from django.urls import reverse

from arrimage.accounts import identity
from arrimage.accounts.models import User
from tests import factories as make
from tests import roles
from tests.accounts.said import listening
from tests.accounts.signing_in import give_codes, is_signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the provider's libraries'
]
PATIENCE = 60  # seconds: a slow machine is no failure
LOGIN = {"provider_id": "identite"}


class Provider:
    """The identity provider, and the people it knows."""

    def __init__(self, url: str) -> None:
        self.url = url

    def knows(self, sub: str, **claims: Any) -> None:
        answer = requests.put(f"{self.url}/users/{sub}", json=claims, timeout=PATIENCE)
        assert answer.status_code < 300, answer.text

    def sign_in(self, client: Client, sub: str, **query: str):
        """Go to the provider as the sign-in page leads there, sign in as `sub`, and come back."""
        return client.get(self.way_back(client, sub, **query))

    def way_back(self, client: Client, sub: str, **query: str) -> str:
        start = client.get(reverse("openid_connect_login", kwargs=LOGIN), query)
        assert start.status_code == 302, start.content
        assert start["Location"].startswith(self.url)
        answer = requests.post(start["Location"], data={"sub": sub}, allow_redirects=False, timeout=PATIENCE)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    import warnings

    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as environment:
        warnings.simplefilter("ignore")
        environment.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        from oidc_provider_mock import run_server_in_thread

        with run_server_in_thread() as running:
            yield f"http://localhost:{running.server_port}"


@pytest.fixture
def provider(server: str, settings, monkeypatch) -> Provider:
    app = {"provider_id": "identite", "name": "Identité numérique", "client_id": "arrimage", "secret": "s",
           "settings": {"server_url": server}}  # fmt: skip
    monkeypatch.setattr(identity, "TIMEOUT", PATIENCE)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return Provider(server)


def verified(user: User, **more: Any) -> dict[str, Any]:
    return {"email": user.email, "email_verified": True, **more}


def test_a_known_person_signs_in(provider) -> None:
    user, client = make.UserFactory(email="anne@demo.example"), Client()
    provider.knows("anne", email="Anne@Demo.example", email_verified=True)
    assert provider.sign_in(client, "anne")["Location"] == reverse("home")
    assert is_signed_in(client)
    user.refresh_from_db()
    assert user.has_usable_password(), "the password stays"
    again = Client()
    provider.sign_in(again, "anne")
    assert is_signed_in(again)
    assert SocialAccount.objects.count() == 1


def test_the_address_is_said_before_the_account_is_looked_up(provider) -> None:
    user, client = make.UserFactory(), Client()
    provider.knows("annoncee", **verified(user))
    back = provider.way_back(client, "annoncee")
    with listening() as said:
        client.get(back)
    assert said.first("set_config", "arrimage.sign_in", f"'{user.email}'") < said.first('FROM "accounts_user"')


def test_little_is_kept_of_what_the_provider_says(provider) -> None:
    user = make.UserFactory()
    provider.knows("secrete", **verified(user, birthdate="1990-01-01", name="Nom Complet"))
    provider.sign_in(Client(), "secrete")
    assert list(SocialAccount.objects.get(user=user).extra_data) == ["second_factor_by_provider"]


def guard_identities() -> None:
    """Let each identity be seen by its own account alone, until the test ends."""
    own = "user_id = nullif(current_setting('arrimage.user', true), '')::bigint"
    with roles.as_owner(), connection.cursor() as cursor:
        cursor.execute("alter table socialaccount_socialaccount enable row level security")
        cursor.execute(f"create policy of_a_test on socialaccount_socialaccount using ({own})")


@pytest.mark.parametrize("times", [1, 2])
def test_a_known_person_signs_in_under_row_security(provider, times) -> None:
    guard_identities()
    user = make.UserFactory()
    provider.knows("gardee", **verified(user))
    for _ in range(times):
        client = Client()
        assert provider.sign_in(client, "gardee")["Location"] == reverse("home")
        assert is_signed_in(client)


def refused(provider, sub: str, sentence: str, client: Client | None = None) -> None:
    client = client or Client()
    users = User.objects.count()
    response = provider.sign_in(client, sub)
    assert response.status_code == 403
    assert sentence in response.content.decode()
    assert not is_signed_in(client)
    assert User.objects.count() == users


def test_somebody_without_an_account_is_told_so_and_gets_none(provider) -> None:
    provider.knows("inconnue", email="inconnue@x.example", email_verified=True)
    refused(provider, "inconnue", "Aucun compte n’est ouvert ici pour inconnue@x.example")


@pytest.mark.parametrize("claim", [{"email_verified": False}, {}, {"email_verified": "true"}])
def test_an_address_the_provider_did_not_verify_opens_nothing(provider, claim) -> None:
    user = make.UserFactory()
    provider.knows("douteuse", email=user.email, **claim)
    refused(provider, "douteuse", "ne confirme pas votre adresse courriel")


def test_another_identity_with_the_same_address_opens_nothing(provider) -> None:
    user = make.UserFactory()
    provider.knows("premiere", **verified(user))
    provider.knows("homonyme", **verified(user))
    provider.sign_in(Client(), "premiere")
    refused(provider, "homonyme", "rattaché à une autre identité")


@pytest.mark.parametrize("guarded", [False, True])
def test_an_identity_whose_address_becomes_another_s_opens_neither_account(provider, guarded) -> None:
    if guarded:
        guard_identities()
    user, other = make.UserFactory(), make.UserFactory()
    provider.knows("mobile", **verified(user))
    provider.sign_in(Client(), "mobile")
    provider.knows("mobile", **verified(other))
    refused(provider, "mobile", "rattaché à une autre identité")


def test_a_closed_account_stays_closed(provider) -> None:
    user, client = make.UserFactory(is_active=False), Client()
    provider.knows("partie", **verified(user))
    assert provider.sign_in(client, "partie")["Location"] == reverse("account_inactive")
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_forged_or_stolen_state_is_refused(provider) -> None:
    user = make.UserFactory()
    provider.knows("volee", **verified(user))
    victim, thief = Client(), Client()
    back = provider.way_back(thief, "volee")
    stolen = victim.get(back)  # a way back that another browser began
    assert stolen.status_code == 401
    code = parse_qs(urlsplit(back).query)["code"][0]
    forged = victim.get(reverse("openid_connect_callback", kwargs=LOGIN), {"code": code, "state": "inventé"})
    assert forged.status_code == 401
    assert "n’a pas pu confirmer qui vous êtes" in forged.content.decode()
    assert not is_signed_in(victim)
    assert thief.get(back).status_code == 302
    assert thief.get(back).status_code in (302, 401), "a state serves once"


def test_whoever_stops_at_the_provider_comes_back_in_words(provider) -> None:
    client = Client()
    start = client.get(reverse("openid_connect_login", kwargs=LOGIN))
    state = parse_qs(urlsplit(start["Location"]).query)["state"][0]
    back = client.get(reverse("openid_connect_callback", kwargs=LOGIN), {"error": "access_denied", "state": state})
    assert "Rien n’a changé ici" in client.get(back["Location"]).content.decode()


def test_an_identity_is_not_attached_by_hand(provider) -> None:
    user, client = make.UserFactory(), Client()
    client.force_login(user)
    provider.knows("autre", email="autre@x.example", email_verified=True)
    response = provider.sign_in(client, "autre", process="connect")
    assert response.status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_provider_that_does_not_answer_is_said_in_words(provider, settings) -> None:
    client = Client()
    back = provider.way_back(client, "quelqu-un")
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    response = client.get(back)
    assert response.status_code == 503
    assert "ne répond pas" in response.content.decode()


# --- The second factor ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claims", "enough"),
    [
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "otp", "mfa"]}, True),
        ({"amr": "mfa"}, False),
        ({"acr": "loa3"}, True),
        ({"acr": "loa1"}, False),
    ],
)
def test_the_provider_s_second_factor_counts_only_when_it_says_so(provider, settings, claims, enough) -> None:
    settings.REQUIRE_MFA, settings.OIDC_STRONG_ACR = True, ["loa3"]
    grant, client = make.RoleGrantFactory(), Client()
    provider.knows("forte", **verified(grant.user, **claims))
    provider.sign_in(client, "forte")
    page = client.get(reverse("staff:home"))
    assert page.status_code == (200 if enough else 302), page.headers
    if not enough:
        assert page["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("enough", [True, False])
def test_an_own_second_factor_is_asked_unless_the_provider_asked_one(provider, enough) -> None:
    user, client = make.UserFactory(), Client()
    give_codes(user)
    provider.knows("double", **verified(user, amr=["mfa"] if enough else ["pwd"]))
    response = provider.sign_in(client, "double")
    assert response["Location"] == reverse("home" if enough else "mfa_authenticate")
    assert is_signed_in(client) is enough


def test_without_a_provider_there_is_no_way_to_it() -> None:
    assert Client().get(reverse("openid_connect_login", kwargs=LOGIN)).status_code == 404
    assert "Continuer par" not in Client().get(reverse("account_login")).content.decode()


def test_the_sign_in_page_names_the_provider(provider) -> None:
    page = Client().get(reverse("account_login") + "?next=/espace/").content.decode()
    assert "Continuer par Identité numérique" in page
