"""Finding what a page is about, among what the actor may see."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.employers.models import Accompaniment, Employer
from arrimage.employers.queries import accompaniments_visible_to, employers_visible_to


def employer_for(actor: Actor, uid: UUID) -> Employer:
    return get_object_or_404(employers_visible_to(actor).select_related("place", "region"), uid=uid)


def accompaniment_for(actor: Actor, uid: UUID) -> Accompaniment:
    return get_object_or_404(accompaniments_visible_to(actor).select_related("employer", "advisor"), uid=uid)


def manages(actor: Actor, region_id: int) -> bool:
    return actor.may(Right.MANAGE_EMPLOYERS) and actor.covers_region(region_id)


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the way between the lists."""
    lists = [
        (_("Employeurs"), "employers"),
        (_("Demandes et accompagnements"), "accompaniments"),
        (_("Professions"), "occupations"),
    ]
    return [(label, reverse(f"staff:{name}"), name == here) for label, name in lists]


def trail(employer: Employer | None = None) -> list[tuple[str, str]]:
    way = [(_("Employeurs"), reverse("staff:employers"))]
    if employer:
        way.append((employer.name, reverse("staff:employer", args=[employer.uid])))
    return way
