"""What the left menu offers. Each audience's package has a `menu.py` with `MENU: list[MenuEntry]`."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from arrimage.accounts.enums import EMPLOYER_ROLES, PARTNER_ROLES, STAFF_ROLES, Right, Role
from arrimage.accounts.rights import Actor

AUDIENCES = ("staff", "reception", "partners", "employers", "newcomers")
AT_MOST = 7
ANY = UUID(int=0)


@dataclass(frozen=True)
class MenuEntry:
    """One entry: its label, the name of its address, and the right (or rights: any of them) that shows it.

    `also` names the addresses, elsewhere, of pages that are of this entry too, be it those of one record.
    """

    label: str | Promise
    url_name: str
    right: Right | tuple[Right, ...]
    also: tuple[str, ...] = ()

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
    found = [(entry, url) for entry in registered() if entry.shown_to(actor) and (url := address(entry.url_name))]
    held = {place: url for entry, url in found for name in entry.also if (place := beginning(name))}
    held |= {url: url for _entry, url in found}
    here = max((place for place in held if path.startswith(place)), key=len, default="")
    return [MenuLink(str(entry.label), url, url == held.get(here)) for entry, url in found[:AT_MOST]]


def address(url_name: str) -> str | None:
    """Return the address of that name, or None while no room serves it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def beginning(url_name: str) -> str | None:
    """Return what the addresses of that name begin with: all of it, or what comes before the record's uid."""
    if whole := address(url_name):
        return whole
    try:
        return reverse(url_name, args=[ANY]).partition(str(ANY))[0]
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
