from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

DEMONSTRATION = "@demo.example"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator; the demonstration's open no door in production."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        if settings.PRODUCTION and str(credentials.get("email", "")).strip().lower().endswith(DEMONSTRATION):
            return None
        return super().authenticate(request, **credentials)
