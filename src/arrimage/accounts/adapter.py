"""What of django-allauth is ours: who may sign in, what is said, how letters leave, how secrets are kept."""

from contextlib import AbstractContextManager
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.context import acting_as
from arrimage.accounts.encryption import decrypt, encrypt
from arrimage.accounts.mail import send_on_commit
from arrimage.accounts.models import User
from arrimage.accounts.notices import NOTICES
from arrimage.accounts.rights import Actor
from arrimage.accounts.second_factor import GIVEN_BY_PROVIDER
from arrimage.accounts.sign_in import claim_account, claim_address

DEMONSTRATION = "@demo.example"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator; the demonstration's open no door in production."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Cette adresse ou ce mot de passe ne conviennent pas."),
        "incorrect_code": _("Ce code ne convient pas."),
        "incorrect_password": _("Ce mot de passe ne convient pas."),
        "account_inactive": _("Ce compte est fermé."),
        "rate_limited": _("Trop d’essais de suite. Attendez quelques minutes, puis recommencez."),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code == "too_many_login_attempts":
            return ValidationError(too_many_attempts(), code=code)
        return super().validation_error(code, *args)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        """Called before an account is looked up by the address somebody typed (a forgotten password)."""
        claim_address(email)
        return super().clean_email(email)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        if is_refused_here(str(credentials.get("email", ""))):
            return None
        return super().authenticate(request, **credentials)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Called by every way to sign in, password, passkey or identity provider, before the second factor."""
        if isinstance(user, User):
            claim_account(user.pk)
            if is_refused_here(user.email):
                return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        social = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if social is not None:
            request.session[GIVEN_BY_PROVIDER] = social.account.extra_data.get(GIVEN_BY_PROVIDER) is True
        return super().post_login(request, user, **kwargs)

    def get_login_stages(self) -> list[str]:
        ours = "arrimage.accounts.second_factor.SecondFactorStage"
        return [ours if path == "allauth.mfa.stages.AuthenticateStage" else path for path in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who it is, except of somebody who signed in a moment ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = timezone.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > fresh for record in records[-1:])

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        with in_their_name(user):
            super().login(request, user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        with in_their_name(user):
            super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user")
        language = user.language if isinstance(user, User) else settings.LANGUAGE_CODE
        shown = {name: value for name, value in context.items() if name != "request"}
        send_on_commit(template_prefix.removeprefix("account/email/"), email, language, {"email": email, **shown})

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *_: Any, **__: Any) -> None:
        if isinstance(user, User) and template_prefix in NOTICES:
            send_on_commit("notice", user.email, user.language, {"name": user.name, "what": NOTICES[template_prefix]})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; keys have names a person understands."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Ce code ne convient pas. Attendez le suivant, puis recommencez."),
        "cannot_generate_recovery_codes": _("Ajoutez d’abord une clé d’accès ou une application de codes."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Clé d’accès") if number == 1 else gettext("Clé d’accès %(number)s") % {"number": number}


def in_their_name(user: AbstractBaseUser) -> AbstractContextManager[None]:
    """Return the context of what somebody does to their own account before they act in any role."""
    assert isinstance(user, User)
    return acting_as(Actor(user_id=user.pk, name=user.name, role=None))


def is_refused_here(email: str) -> bool:
    """Say whether an address is one of the demonstration's, in production."""
    return bool(settings.PRODUCTION) and email.strip().lower().endswith(DEMONSTRATION)


def too_many_attempts() -> str:
    """Return the sentence of a lockout, with how long it lasts."""
    minutes = settings.LOCKOUT_MINUTES
    return ngettext(
        "Trop d’essais manqués. Pour protéger ce compte, attendez %(minutes)s minute, puis recommencez. Une clé "
        "d’accès, si vous en avez une, ouvre la session sans attendre.",
        "Trop d’essais manqués. Pour protéger ce compte, attendez %(minutes)s minutes, puis recommencez. Une clé "
        "d’accès, si vous en avez une, ouvre la session sans attendre.",
        minutes,
    ) % {"minutes": minutes}
