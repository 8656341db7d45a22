"""Exceptional accesses: the list, one of them with what was read under it, its review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right, Role
from arrimage.foundation.writing import write_date, write_number, write_time
from arrimage.privacy.journal.actions import Review, review_break_glass
from arrimage.privacy.journal.enums import Basis, Finding, ObjectKind
from arrimage.privacy.journal.models import BreakGlass
from arrimage.privacy.journal.queries import break_glass_visible_to, with_reading_counts
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.lists import render_list
from arrimage.web.menu import address
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.journal.filters import AccessFilter
from arrimage.web.staff.privacy.journal.forms import ReviewForm
from arrimage.web.staff.privacy.journal.tables import TONES, AccessTable

SHOWN_READINGS = 200


@allows(Right.MANAGE_PRIVACY, Right.ASSIGN_FILES)
@require_safe
def accesses(request: ActingRequest) -> HttpResponseBase:
    """List the exceptional accesses: all for the privacy officer, the region's for a team lead."""
    return render_list(
        request,
        AccessTable,
        with_reading_counts(break_glass_visible_to(request.actor)),
        AccessFilter,
        title=_("Accès exceptionnels"),
        sentence=lambda count: (
            ngettext("%(count)s accès exceptionnel", "%(count)s accès exceptionnels", count)
            % {"count": write_number(count)}
        ),
        empty=Empty(_("Personne n’a ouvert de dossier qui n’était pas le sien.")),
        export_name="acces-exceptionnels",
        context={"trail": _trail(request)},
    )


@allows(Right.MANAGE_PRIVACY, Right.ASSIGN_FILES)
@require_http_methods(["GET", "POST"])
def access(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one access, its reason and what was read under it; say whether it was justified."""
    actor = request.actor
    found = get_object_or_404(break_glass_visible_to(actor).select_related("person", "region", "reviewed_by"), uid=uid)
    read(
        request, found.person, kind=ObjectKind.READINGS, uid=found.uid,
        basis=Basis.PROTECTION if actor.may(Right.MANAGE_PRIVACY) else Basis.TEAM_LEAD,
    )  # fmt: skip
    may_review = actor.may(Right.MANAGE_PRIVACY) and found.reviewed_at is None and found.user_id != actor.user_id
    form = ReviewForm(request.POST or None) if may_review else None
    if request.method == "POST" and not may_review:
        messages.error(request, _("Cet accès n’est pas à examiner par vous."))
        return redirect("staff:access", uid=uid)
    if form is not None and form.is_valid():
        with refusals_shown(request, form):
            review_break_glass(actor, [Review(found, **form.cleaned_data)])
            messages.success(request, _("L’examen est noté."))
            return redirect("staff:access", uid=uid)
    readings = found.readings.select_related("service_point", "organisation", "region").order_by("happened_at", "pk")
    context = {
        "title": _("Accès exceptionnel au dossier %(number)s") % {"number": found.file_number},
        "lead": found.user_name,
        "access": found,
        "facts": _facts(found, actor.may(Right.MANAGE_PRIVACY)),
        "finding_tone": TONES[Finding(found.finding)] if found.finding else "",
        "readings": list(readings[:SHOWN_READINGS]),
        "form": form,
        "own": found.user_id == actor.user_id,
        "incident_url": _incident_url(found) if actor.may(Right.MANAGE_PRIVACY) else "",
        "trail": [*_trail(request), (_("Accès exceptionnels"), reverse("staff:accesses"))],
    }
    return render(request, "staff/privacy/journal/access.html", context)


def _facts(found: BreakGlass, named: bool) -> list[tuple[str, str]]:
    facts = [
        (_("Ouvert par"), f"{found.user_name} · {Role(found.role).label}"),
        (_("Dossier"), found.file_number),
        (_("Région du dossier"), found.region.name),
        (_("Ouvert le"), f"{write_date(found.opened_at)}, {write_time(found.opened_at)}"),
        (_("Refermé le"), f"{write_date(found.closed_at)}, {write_time(found.closed_at)}"),
    ]
    if named:
        facts.insert(2, (_("Personne"), str(found.person)))
    return facts


def _incident_url(found: BreakGlass) -> str:
    """Return where an incident is entered in the register, once an access is found not justified."""
    page = address("staff:incident_new")
    if page is None or found.finding != Finding.NOT_JUSTIFIED:
        return ""
    return f"{page}?acces={found.uid}"


def _trail(request: ActingRequest) -> list[tuple[str, str]]:
    if request.actor.may(Right.MANAGE_PRIVACY):
        return [(_("Journal des consultations"), reverse("staff:readings"))]
    return [(_("Dossiers"), reverse("staff:files"))]
