"""Somebody at the sign-in page, by a browser."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from arrimage.accounts.models import User
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def try_password(client: Client, user: User | str, password: str = PASSWORD, **more: Any) -> HttpResponse:
    """Send the sign-in form."""
    email = user if isinstance(user, str) else user.email
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("choose_role")).status_code == 200


def give_codes(user: User, secret: str = SECRET) -> Authenticator:
    """Give somebody an application of codes."""
    return TOTP.activate(user, secret).instance


def code(secret: str = SECRET, ahead: int = 0) -> str:
    """Return the code an application shows now, or so many half-minutes ahead."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))
