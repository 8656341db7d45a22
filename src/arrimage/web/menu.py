"""What the left menu offers. Each audience's package has a `menu.py` with `MENU: list[MenuEntry]`."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from arrimage.accounts.enums import EMPLOYER_ROLES, PARTNER_ROLES, STAFF_ROLES, Right, Role
from arrimage.accounts.rights import Actor

AUDIENCES = ("staff", "reception", "partners", "employers", "newcomers")
AT_MOST = 7


@dataclass(frozen=True)
class MenuEntry:
    """One entry: its label, the name of its address, and the right (or rights: any of them) that shows it."""

    label: str | Promise
    url_name: str
    right: Right | tuple[Right, ...]

    def shown_to(self, actor: Actor) -> bool:
        rights = self.right if isinstance(self.right, tuple) else (self.right,)
        return any(actor.may(right) for right in rights)


@dataclass(frozen=True)
class MenuLink:
    """An entry as the page shows it."""

    label: str
    url: str
    active: bool


def registered() -> Iterable[MenuEntry]:
    """Return every entry of every audience, in order."""
    for audience in AUDIENCES:
        name = f"arrimage.web.{audience}.menu"
        if find_spec(f"arrimage.web.{audience}") and find_spec(name):
            yield from import_module(name).MENU


def menu_of(actor: Actor | None, path: str) -> list[MenuLink]:
    """Return the entries `actor` may open, the one that holds `path` marked; an address not served is left out."""
    if actor is None:
        return []
    found = [(entry.label, url) for entry in registered() if entry.shown_to(actor) and (url := address(entry.url_name))]
    here = max((url for _, url in found if path.startswith(url)), key=len, default=None)
    return [MenuLink(str(label), url, url == here) for label, url in found[:AT_MOST]]


def address(url_name: str) -> str | None:
    """Return the address of that name, or None while no room serves it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def home_of(role: Role | None) -> str:
    """Return the name of the page where somebody in that role starts."""
    if role == Role.RECEPTION_AGENT:
        return "reception:home"
    if role in STAFF_ROLES:
        return "staff:home"
    if role in PARTNER_ROLES:
        return "partners:home"
    if role in EMPLOYER_ROLES:
        return "employers:home"
    if role == Role.NEWCOMER:
        return "newcomers:home"
    return "public:home"
