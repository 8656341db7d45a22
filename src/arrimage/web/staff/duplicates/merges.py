"""Merging two records of one person, side by side; what came of it, and undoing it."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.people.duplicates import told_apart
from arrimage.people.merging.actions import merge_persons, undo_merge
from arrimage.people.merging.queries import merges_visible_to, what_will_move
from arrimage.people.merging.registry import reasons_not_to
from arrimage.people.merging.rules import undone_until
from arrimage.people.models import Person, PersonMerge
from arrimage.people.queries import persons_visible_to
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_persons
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.duplicates.sides import chosen_in, label_of, lines, what_came_back


@allows(Right.SETTLE_DUPLICATES)
@require_http_methods(["GET", "POST"])
def compare(request: ActingRequest, person: UUID, other: UUID) -> HttpResponse:
    """Show two records side by side; make them one, with what was chosen of each. The first of the address is kept."""
    found = {each.uid: each for each in persons_visible_to(request.actor).filter(uid__in=[person, other])}
    if len(found) < 2:
        raise Http404
    kept, gone = found[person], found[other]
    _read(request, kept, gone)
    chosen = chosen_in(request.POST)
    if request.method == "POST":
        versions = _number(request.POST, "version"), _number(request.POST, "other_version")
        with refusals_shown(request):
            reason = request.POST.get("reason", "")
            done = merge_persons(request.actor, kept, gone, versions=versions, chosen=chosen, reason=reason)
            messages.success(request, _("Les deux fiches n’en font plus qu’une."))
            return redirect("staff:merge", uid=done.uid)
    context = {
        "title": _("Comparer et fusionner"),
        "lead": f"{kept} ↔ {gone}",
        "trail": [(_("Doublons probables"), reverse("staff:duplicates"))],
        "kept": kept,
        "gone": gone,
        "lines": lines(kept, gone, chosen),
        "moving": what_will_move(gone),
        "obstacles": reasons_not_to(kept, gone),
        "told_apart": gone.pk in told_apart(kept),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "staff/duplicates/merge.html", context)


@allows(Right.SETTLE_DUPLICATES)
@require_safe
def merge(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what a merge did, until when it is undone; once it is, what came back and what stayed."""
    found = _merge_for(request, uid)
    last_day = undone_until(found.merged_at)
    context = {
        "title": _("Fusion de deux fiches"),
        "lead": str(found),
        "trail": [(_("Doublons probables"), reverse("staff:duplicates"))],
        "merge": found,
        "who": found.merged_by.name if found.merged_by else "—",
        "last_day": last_day,
        "can_undo": found.undone_at is None and clock.today() <= last_day,
        "came_back": what_came_back(found),
        "fields_stayed": [label_of(name) for name in found.undoing.get("stayed", ())],
    }
    return render(request, "staff/duplicates/merged.html", context)


@allows(Right.SETTLE_DUPLICATES)
@require_POST
def undo(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Make two records of one again."""
    found = _merge_for(request, uid)
    with refusals_shown(request):
        undo_merge(request.actor, found)
        messages.success(request, _("La fusion est annulée : ce sont de nouveau deux fiches."))
    return redirect("staff:merge", uid=found.uid)


def _merge_for(request: ActingRequest, uid: UUID) -> PersonMerge:
    found = get_object_or_404(merges_visible_to(request.actor), uid=uid)
    _read(request, found.survivor, found.absorbed, found.uid)
    return found


def _read(request: ActingRequest, kept: Person, gone: Person, uid: UUID | None = None) -> None:
    """Write that both were shown, in one statement."""
    keys = [kept.pk, gone.pk]
    read_persons(request, keys, kind=ObjectKind.PERSON, uid=uid or kept.uid, region_id=kept.region_id)


def _number(data: Mapping[str, str], name: str) -> int:
    text = data.get(name, "")
    return int(text) if text.isdecimal() else 0
