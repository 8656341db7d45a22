"""Organisations and employers by name, whatever the accents and the case."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.queries import organisations_visible_to
from arrimage.employers.queries import employers_visible_to
from arrimage.occupations.queries import search_occupations

MOST = 10


@dataclass(frozen=True)
class Found:
    """One organisation, employer or occupation that the text names."""

    kind: str
    name: str
    detail: str
    url: str


def organisations_found(actor: Actor, text: str) -> list[Found]:
    """Return the organisations that `text` names, for those who consult the directory."""
    if not actor.may(Right.SEE_DIRECTORY):
        return []
    found = _named(organisations_visible_to(actor).select_related("region"), text)
    return [
        Found(_("Organisme"), each.name, each.region.name, reverse("staff:organisation", args=[each.uid]))
        for each in found
    ]


def employers_found(actor: Actor, text: str) -> list[Found]:
    """Return the employers that `text` names (or whose NEQ it is), for those who consult them."""
    if not actor.may(Right.SEE_EMPLOYERS):
        return []
    employers = employers_visible_to(actor)
    digits = text.replace(" ", "")
    found = employers.filter(neq=digits)[:MOST] if digits.isdecimal() else _named(employers, text)
    return [Found(_("Employeur"), each.name, each.neq, reverse("staff:employer", args=[each.uid])) for each in found]


def occupations_found(actor: Actor, text: str) -> list[Found]:
    """Return the occupations that `text` names in either language (or whose code it begins), for who uses them."""
    if not (actor.may(Right.SEE_EMPLOYERS) or actor.may(Right.ACCOMPANY)):
        return []
    address = reverse("staff:occupations")
    return [
        Found(
            _("Code CNP %(code)s") % {"code": each.code}, each.title, str(each.teer.label), f"{address}?q={each.code}"
        )
        for each in search_occupations(text)[:MOST]
    ]


def _named(records: QuerySet[Any], text: str) -> list[Any]:
    """Return the first records whose name has every word of `text`."""
    for word in text.split():
        records = records.filter(name__unaccent__icontains=word)
    return list(records.order_by("name", "pk")[:MOST])
