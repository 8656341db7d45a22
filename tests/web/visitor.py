"""Somebody signed in, and the pages they open."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.accounts.models import DatedGrant
from arrimage.accounts.rights import actor_of
from tests.factories import RoleGrantFactory, region


class Visitor:
    """A browser where the holder of `grant` is signed in."""

    def __init__(self, grant: DatedGrant) -> None:
        self.user, self.actor, self.client = grant.user, actor_of(grant), Client()
        self.client.force_login(grant.user)

    def open(self, name: str, /, *args: Any, query: str = "", status: int = 200) -> str:
        """Return the words of a page, its non-breaking spaces as plain ones; fail on another status."""
        response = self.client.get(reverse(name, args=args) + query)
        assert response.status_code == status, response.status_code
        return words(response)

    def send(self, name: str, /, *args: Any, status: int = 302, **fields: Any) -> str:
        """Send a form and return the words of the answer (of the page it leads to, when it redirects)."""
        response = self.client.post(reverse(name, args=args), fields)
        assert response.status_code == status, (response.status_code, words(response))
        return words(self.client.get(response["Location"]) if status == 302 else response)

    def queries(self, name: str, /, *args: Any, query: str = "") -> int:
        """Return how many queries a page takes, once the session has chosen its role."""
        self.client.get(reverse("home"))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.open(name, *args, query=query)
        return len(captured)


def visitor(role: Role = Role.REGIONAL_ADVISOR, code: str | None = "06") -> Visitor:
    return Visitor(RoleGrantFactory(role=role, region=region(code) if code else None))


def words(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(content.decode().replace("\u00a0", " ").split())
