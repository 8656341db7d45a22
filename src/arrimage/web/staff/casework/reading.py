"""What the views of a file share: finding it for the actor (404 otherwise), its breadcrumb, its address.

Whoever finds a record here is written down: each of these opens a line of the read journal.
"""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.casework.models import File, Need, Referral, Step
from arrimage.casework.queries import needs_visible_to, referrals_visible_to, steps_visible_to
from arrimage.casework.story import files_to_read
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest

Trail = list[tuple[str, str]]


def file_for(request: ActingRequest, uid: UUID, kind: ObjectKind = ObjectKind.FILE, what: What | None = None) -> File:
    """Return the file, or answer 404: hidden and absent are the same. `kind` is the page that shows it."""
    file = get_object_or_404(files_to_read(request.actor), uid=uid)
    read(request, file, what, kind=kind)
    return file


def need_for(request: ActingRequest, uid: UUID) -> Need:
    needs = needs_visible_to(request.actor).select_related(
        "theme", "file__person", "file__agent", "file__service_point"
    )
    need = get_object_or_404(needs, uid=uid)
    read(request, need.file, kind=ObjectKind.NEED, uid=need.uid)
    return need


def step_for(request: ActingRequest, uid: UUID) -> Step:
    steps = steps_visible_to(request.actor).select_related(
        "plan", "need__theme", "service", "file__person", "file__agent"
    )
    step = get_object_or_404(steps, uid=uid)
    read(request, step.file, kind=ObjectKind.STEP, uid=step.uid)
    return step


def referral_for(request: ActingRequest, uid: UUID) -> Referral:
    referrals = referrals_visible_to(request.actor).select_related(
        "need__theme",
        "need__file",
        "step",
        "service",
        "organisation",
        "author",
        "file__person",
        "file__agent",
        "choice",
    )
    referral = get_object_or_404(referrals, uid=uid)
    read(request, referral.file, kind=ObjectKind.REFERRAL, uid=referral.uid)
    return referral


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
