"""Sign-in through the government's identity provider (OpenID Connect): it opens accounts that exist, and makes none."""

import logging
from typing import Any, NoReturn

import requests
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.models import User
from arrimage.accounts.second_factor import GIVEN_BY_PROVIDER, gave_one
from arrimage.accounts.sign_in import account_by_address, claim_account

CLAIMS = ("id_token", "userinfo")
TIMEOUT = 5  # seconds
_NO_ANSWER = gettext_lazy(
    "Votre fournisseur d’identité ne répond pas. Réessayez dans un moment, ou ouvrez une session avec votre mot de "
    "passe."
)

logger = logging.getLogger(__name__)


class ProviderSession(requests.Session):
    """Talks to the provider; when it does not answer, the person is told so."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", TIMEOUT)
        try:
            response = super().request(*args, **kwargs)
        except requests.RequestException:
            logger.exception("the identity provider does not answer")
            refuse(context.request, _NO_ANSWER, status=503)
        if response.status_code >= 500:
            logger.error("the identity provider answers %s", response.status_code)
            refuse(context.request, _NO_ANSWER, status=503)
        return response


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Finds the account by the address the provider verified, each time.

    The first identity that opens an account is the only one that opens it afterwards: an address given to a namesake
    does not give them the file of whoever had it.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_requests_session(self) -> requests.Session:
        return ProviderSession()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> AbstractBaseUser:
        """Called before anything is looked up: the database is told who signs in, and sees nobody else's identity."""
        address = verified_address(sociallogin)
        user = account_by_address(address) if address else None
        if user is not None:
            claim_account(user.pk)
            account = sociallogin.account
            if SocialAccount.objects.filter(provider=account.provider, uid=account.uid).exclude(user=user).exists():
                refuse(request, attached_elsewhere())
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") == "connect":
            refuse(request, _("Votre identité se rattache à votre compte quand vous ouvrez une session par elle."))
        address = verified_address(sociallogin)
        if address is None:
            refuse(
                request,
                _("Votre fournisseur d’identité ne confirme pas votre adresse courriel. Demandez-lui de la vérifier, "
                  "ou ouvrez une session avec votre mot de passe."),
            )  # fmt: skip
        user = account_by_address(address)
        if user is None:
            refuse(
                request,
                _("Aucun compte n’est ouvert ici pour %(email)s. Demandez-en un à la personne qui administre les "
                  "comptes de votre direction ou de votre organisme.") % {"email": address},
            )  # fmt: skip
        claim_account(user.pk)  # again: the session was read since, and nobody is signed in to it
        self._attach(request, sociallogin, user)

    def _attach(self, request: HttpRequest, sociallogin: SocialLogin, user: User) -> None:
        account = sociallogin.account
        known = SocialAccount.objects.filter(user=user, provider=account.provider).first()
        other = known is not None and known.uid != account.uid
        if other or (sociallogin.is_existing and sociallogin.user != user):
            refuse(request, attached_elsewhere())
        claims = [part for part in (account.extra_data.get(name) for name in CLAIMS) if isinstance(part, dict)]
        kept = known or account
        kept.user = sociallogin.user = user
        kept.extra_data = {GIVEN_BY_PROVIDER: gave_one(claims)}  # of what the provider says, only what is used
        sociallogin.account = kept
        if not user.is_active:
            return  # told so by what follows
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError:  # the identity is attached to an account that row security hides
            refuse(request, attached_elsewhere())


def verified_address(sociallogin: SocialLogin) -> str | None:
    """Return the address the provider says it verified; a claim that is not plainly true is none."""
    return next((email.email for email in sociallogin.email_addresses if email.verified is True), None)


def attached_elsewhere() -> str:
    return _("Ce compte est rattaché à une autre identité. Écrivez à la personne qui administre les comptes.")


def refuse(request: HttpRequest, sentence: str | Promise, *, status: int = 403) -> NoReturn:
    """End the sign-in with a page that says why. Raises `ImmediateHttpResponse`."""
    page = render(request, "socialaccount/refused.html", {"sentence": sentence}, status=status)
    raise ImmediateHttpResponse(page)
