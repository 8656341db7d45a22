"""Joining two services that are one, side by side; what was joined, and what it said."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.models import Service, ServiceJoining
from arrimage.directory.queries import services_visible_to
from arrimage.directory.upkeep.joining import FIELDS, join_services, joined_into
from arrimage.directory.upkeep.joining_tables import reasons_not_to, what_will_move
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.upkeep.sides import GONE, kinds_moved, lines, said_before


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def join(request: ActingRequest, uid: UUID, other: UUID) -> HttpResponse:
    """Show two services side by side; make them one, with what was chosen of each. The first of the address is kept."""
    if (kept := joined_into(other)) is not None and kept.uid == uid:
        _own(request.actor, {uid})
        return redirect("staff:service", uid=uid)  # a second click, or a page left open
    found = _own(request.actor, {uid, other})
    kept, gone = found[uid], found[other]
    taken = {name for name in FIELDS if request.POST.get(f"choix-{name}") == GONE}
    if request.method == "POST":
        versions = _number(request.POST.get("version", "")), _number(request.POST.get("other_version", ""))
        with refusals_shown(request):
            reason = request.POST.get("reason", "")
            done = join_services(request.actor, kept, gone, versions=versions, taken=taken, reason=reason)
            messages.success(request, _("Les deux services n’en font plus qu’un."))
            return redirect("staff:service_joined", uid=done.uid)
    context = {
        "title": _("Comparer et joindre"),
        "lead": f"{kept.name} ↔ {gone.name}",
        "trail": [(_("Répertoire"), reverse("staff:services")), (_("Doublons"), reverse("staff:service_duplicates"))],
        "kept": kept,
        "gone": gone,
        "lines": lines(kept, gone, taken if request.method == "POST" else None),
        "moving": what_will_move(gone),
        "obstacles": reasons_not_to(kept, gone),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "staff/directory/join.html", context)


@allows(Right.MANAGE_DIRECTORY)
@require_safe
def joined(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what was joined: who did it and why, what the other service said, what followed."""
    joinings = ServiceJoining.objects.select_related("kept__organisation")
    if request.actor.region_id is not None:
        joinings = joinings.filter(kept__organisation__region=request.actor.region_id)
    found = get_object_or_404(joinings, uid=uid)
    context = {
        "title": _("Services joints"),
        "lead": f"{found.kept.name} ← {found.gone_name}",
        "trail": [
            (_("Répertoire"), reverse("staff:services")),
            (found.kept.name, reverse("staff:service", args=[found.kept.uid])),
        ],
        "joining": found,
        "said": said_before(found),
        "moved": kinds_moved(found),
    }
    return render(request, "staff/directory/joined.html", context)


def _own(actor: Actor, uids: Collection[UUID]) -> dict[UUID, Service]:
    """Return services of the actor's region, by uid, or answer 404."""
    services = services_visible_to(actor).filter(uid__in=uids).select_related("organisation")
    if actor.region_id is not None:
        services = services.filter(organisation__region=actor.region_id)
    found = {service.uid: service for service in services}
    if len(found) < len(uids):
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
