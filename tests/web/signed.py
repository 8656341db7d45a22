"""Browsers of people signed in, for the tests of pages."""

from django.test import Client

from arrimage.accounts.enums import Role
from tests import factories as make


def staff(role: Role, code: str | None = "06", **fields) -> Client:
    """Return the browser of somebody of the staff."""
    return _browser(make.RoleGrantFactory(role=role, region=make.region(code) if code else None, **fields).user)


def partner(organisation, role: Role = Role.PARTNER_WORKER) -> Client:
    """Return the browser of somebody of an organisation."""
    return _browser(make.OrganisationMemberFactory(organisation=organisation, role=role).user)


def newcomer(person, language: str = "fr") -> Client:
    """Return the browser of a person who settles."""
    return _browser(make.PersonAccountFactory(person=person, user__language=language).user)


def _browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response) -> str:
    """Return a page's text with plain spaces, each once."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())
