"""The door of every page: deny by default, answer refusals in words, speak the person's language."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from arrimage.accounts.models import User
from arrimage.foundation.errors import DomainError, NotAllowed
from arrimage.web.access import PUBLIC, SIGNED_IN, Access, access_of

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

# Views of others, which cannot carry our mark: named here, one by one. allauth's remaining pages stay closed.
OTHERS: dict[str, Access] = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,  # between the password and the second factor
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_login_webauthn": PUBLIC,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
}

# Addresses outside i18n_patterns, where the account decides the language and not the address.
SPOKEN_IN_THE_ACCOUNTS_LANGUAGE = ("/espace/", "/accueil/", "/partenaires/", "/employeurs/", "/compte/", "/chez-moi/")


class SpeakTheUsersLanguage:
    """In the working areas, speak the language of the account; of the cookie, for somebody not signed in.

    `LocaleMiddleware` with `i18n_patterns` takes every address without a prefix for French.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(SPOKEN_IN_THE_ACCOUNTS_LANGUAGE):
            return self.get_response(request)
        user = request.user
        language = user.language if isinstance(user, User) else translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class RefuseUnlessAllowed:
    """Refuse every view that has no mark, or whose mark does not admit the person; turn refusals into pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        access = access_of(view) or OTHERS.get(name)
        if access is None:
            logger.error("the view of %s (%s) carries no access mark: refused", request.path, name)
        elif access.admits(request):
            return None
        if request.user.is_authenticated:
            return refusal(request)
        return sign_in_first(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed | PermissionDenied):
            return refusal(request, str(error))
        if isinstance(error, DomainError):
            messages.error(request, str(error))
            return HttpResponseRedirect(_page_before(request))
        return None


def refusal(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """Answer with the 403 page and a sentence that says what can be done."""
    if not sentence:
        sentence = (
            _("Votre rôle ne donne pas accès à cette page.")
            if getattr(request, "actor", None)
            else _("Aucun rôle n’est actif pour votre compte. Demandez-en un à la personne qui administre les comptes.")
        )
    return render(request, "403.html", {"sentence": sentence}, status=403)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send somebody who is not signed in to the sign-in page, and back afterwards where that is possible."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = redirect_to_login(_page_before(request))["Location"]
        return response
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    return refusal(request, _("Ouvrez d’abord une session, puis recommencez."))


def _page_before(request: HttpRequest) -> str:
    """Return the page the person came from, when it is ours and not this very address read again."""
    before = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    same = before == request.build_absolute_uri()
    return before if safe and not (same and request.method == "GET") else "/"
