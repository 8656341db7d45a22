"""What the views of a file share: finding it for the actor (404 otherwise), its breadcrumb, its address."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.rights import Actor
from arrimage.casework.models import File, Need, Referral, Step
from arrimage.casework.queries import needs_visible_to, referrals_visible_to, steps_visible_to
from arrimage.casework.story import files_to_read

Trail = list[tuple[str, str]]


def file_for(actor: Actor, uid: UUID) -> File:
    """Return the file, or answer 404: hidden and absent are the same."""
    return get_object_or_404(files_to_read(actor), uid=uid)


def need_for(actor: Actor, uid: UUID) -> Need:
    needs = needs_visible_to(actor).select_related("theme", "file__person", "file__agent", "file__service_point")
    return get_object_or_404(needs, uid=uid)


def step_for(actor: Actor, uid: UUID) -> Step:
    steps = steps_visible_to(actor).select_related("plan", "need__theme", "file__person", "file__agent")
    return get_object_or_404(steps, uid=uid)


def referral_for(actor: Actor, uid: UUID) -> Referral:
    referrals = referrals_visible_to(actor).select_related(
        "need__theme", "need__file", "step", "service", "organisation", "author", "file__person", "file__agent"
    )
    return get_object_or_404(referrals, uid=uid)


def address_of(file: File) -> str:
    return reverse("staff:file", args=[file.uid])


def trail_to(file: File, *more: tuple[str, str]) -> Trail:
    """Return the breadcrumb of a page under a file."""
    return [(_("Dossiers"), reverse("staff:files")), (str(file.person), address_of(file)), *more]


def page(file: File, title: str, *more: tuple[str, str], **context: Any) -> dict[str, Any]:
    """Return the context of a page under a file: title, person and number under it, breadcrumb."""
    return {
        "title": title,
        "lead": f"{file.person} · {file.number}",
        "file": file,
        "file_url": address_of(file),
        "trail": trail_to(file, *more),
        **context,
    }
