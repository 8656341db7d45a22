"""The forms of django-allauth that look an account up before sign-in: they say which one first."""

from typing import Any

from allauth.account.forms import UserTokenForm
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from arrimage.accounts.sign_in import account_by_key, claim_account

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class TokenForm(UserTokenForm):
    """The link of a forgotten password names an account."""

    def _get_user(self, uidb36: str) -> AbstractBaseUser | None:
        try:
            return account_by_key(url_str_to_user_pk(uidb36))
        except ValueError:
            return None


class PasskeyLoginForm(LoginWebAuthnForm):
    """A passkey names an account (its user handle)."""

    def clean_credential(self) -> Authenticator:
        _claim_by_passkey(self.cleaned_data["credential"])
        return super().clean_credential()


class SecondFactorForm(AuthenticateForm):
    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs=CODE | {"autofocus": True}))


class ConfirmByCodeForm(ReauthenticateForm):
    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs=CODE))


class ActivateCodesForm(ActivateTOTPForm):
    code = forms.CharField(label=_("Code affiché par l’application"), max_length=20, widget=forms.TextInput(attrs=CODE))


class AddPasskeyForm(AddWebAuthnForm):
    """A key that opens a session by itself, unless the box says otherwise; in both cases it is a second factor."""

    name = forms.CharField(
        label=_("Nom de la clé"),
        max_length=80,
        required=False,
        help_text=_("Pour la reconnaître plus tard : « Téléphone », « Ordinateur du bureau »."),
    )
    passwordless = forms.BooleanField(
        label=_("Ouvrir ma session par cette clé seule, sans mot de passe"),
        required=False,
        initial=True,
        help_text=_("Décochez si votre clé de sécurité est ancienne et ne le permet pas."),
    )


class RenamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Nom de la clé"), max_length=80)


def _claim_by_passkey(credential: Any) -> None:
    auth.parse_authentication_response(credential)
    handle = credential["response"].get("userHandle") or ""
    try:
        claim_account(url_str_to_user_pk(websafe_decode(handle).decode()))
    except (ValueError, TypeError, AttributeError):
        return  # django-allauth refuses it in words
