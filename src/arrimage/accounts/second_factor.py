"""Who needs a second factor, and who has one. The table of roles is here and nowhere else."""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from arrimage.accounts.enums import EMPLOYER_ROLES, PARTNER_ROLES, STAFF_ROLES, Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor

ROLES_NEEDING_ONE: frozenset[Role] = STAFF_ROLES | PARTNER_ROLES | EMPLOYER_ROLES  # newcomers choose

TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
GIVEN_BY_PROVIDER = "second_factor_by_provider"  # in the session: the identity provider asked for two factors

# What somebody who has yet to set theirs up may open: the pages that do it, and the way out.
OPEN_WITHOUT_ONE = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "account_logout",
        "choose_role",
        "switch_language",
        "health",
        "readiness",
    }
)

Handler = Callable[[HttpRequest], HttpResponse]


def needs_one(actor: Actor | None) -> bool:
    """Say whether `actor` may work only with a second factor (`ARRIMAGE_REQUIRE_MFA`; always in production)."""
    return bool(settings.REQUIRE_MFA and actor is not None and actor.role in ROLES_NEEDING_ONE)


def has_one(user: User) -> bool:
    """Say whether `user` set up a second factor, which every sign-in then asks for."""
    return Authenticator.objects.filter(user=user, type__in=TYPES).exists()


def gave_one(claims: Iterable[dict[str, Any]]) -> bool:
    """Say whether an identity provider states that it asked for two factors (`amr`, RFC 8176; or an agreed `acr`)."""
    for claim in claims:
        methods = claim.get("amr")
        if isinstance(methods, list) and "mfa" in methods:
            return True
        if claim.get("acr") in settings.OIDC_STRONG_ACR:
            return True
    return False


def given_by_provider(login: Login) -> bool:
    """Say whether this sign-in comes from an identity provider that asked for two factors."""
    social = (login.signal_kwargs or {}).get("sociallogin")
    return social is not None and social.account.extra_data.get(GIVEN_BY_PROVIDER) is True


class SecondFactorStage(AuthenticateStage):
    """The second factor of a sign-in, unless the identity provider asked for one already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not given_by_provider(self.login) and super()._should_handle(request)


class RequireSecondFactor:
    """Lead whoever works in a role that needs a second factor, and has none, to set it up; nothing else is open."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        actor: Actor | None = getattr(request, "actor", None)
        if not needs_one(actor) or request.session.get(GIVEN_BY_PROVIDER) or has_one(_user(request)):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WITHOUT_ONE:
            request.second_factor_missing = True  # type: ignore[attr-defined]
            return None
        address = reverse("mfa_index")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User), "somebody acts, so somebody is signed in"
    return user
