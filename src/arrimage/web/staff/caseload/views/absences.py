"""Who is away, and who replaces."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions.absences import choose_substitutes, end_absence, note_absence
from arrimage.casework.team import absences_shown_to
from arrimage.foundation.writing import write_period
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.caseload.forms import AbsenceForm, SubstitutesForm


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Note an absence: one's own, or anybody's for a lead, with who replaces."""
    actor = request.actor
    form = AbsenceForm(request.POST or None, actor=actor, chooses=actor.may(Right.ASSIGN_FILES))
    if form.is_valid():
        with refusals_shown(request, form):
            note_absence(actor, **form.cleaned_data)
            messages.success(request, _("L’absence est notée."))
            return redirect("staff:caseload")
    return _page(request, _("Noter une absence"), form)


@allows(Right.ASSIGN_FILES)
@require_http_methods(["GET", "POST"])
def substitutes(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose who replaces somebody away."""
    absence = get_object_or_404(absences_shown_to(request.actor), uid=uid)
    chosen = [cover.substitute_id for cover in absence.covers.all()]
    form = SubstitutesForm(request.POST or None, actor=request.actor, absence=absence, initial={"substitutes": chosen})
    if form.is_valid():
        with refusals_shown(request, form):
            choose_substitutes(request.actor, absence, list(form.cleaned_data["substitutes"]))
            messages.success(request, _("Les remplacements sont enregistrés."))
            return redirect("staff:caseload")
    title = _("Remplacer %(name)s") % {"name": absence.agent.name}
    return _page(request, title, form, lead=write_period(absence.starts_on, absence.ends_on))


@allows(Right.ACCOMPANY)
@require_POST
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    absence = get_object_or_404(absences_shown_to(request.actor), uid=uid)
    with refusals_shown(request):
        end_absence(request.actor, absence)
        messages.success(request, _("L’absence a pris fin : les dossiers sont de nouveau à leur place."))
    return redirect("staff:caseload")


def _page(request: ActingRequest, title: str, form: SubstitutesForm, **more: str) -> HttpResponse:
    context = {
        "title": title,
        "trail": [(_("Charge"), reverse("staff:caseload"))],
        "form": form,
        "cancel_url": reverse("staff:caseload"),
        **more,
    }
    return render(request, "staff/shared/form.html", context)
