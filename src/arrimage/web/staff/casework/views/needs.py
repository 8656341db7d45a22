"""Needs noted by hand, and what becomes of a need."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.casework.actions import close_needs, note_needs
from arrimage.casework.actions.assessments import ClosedNeed, NewNeed
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms import NeedCloseForm, NeedForm
from arrimage.web.staff.casework.reading import address_of, file_for, need_for, page


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note a need that no list foresaw."""
    file = file_for(request, uid, ObjectKind.NEED)
    form = NeedForm(request.POST or None, file=file)
    if form.is_valid():
        with refusals_shown(request, form):
            note_needs(request.actor, [NewNeed(file=file, **form.cleaned_data)])
            messages.success(request, _("Le besoin est noté."))
            return redirect(f"{address_of(file)}#besoins")
    context = page(file, _("Ajouter un besoin"), form=form, submit=_("Noter le besoin"), draft=f"besoin-{uid}")
    return render(request, "staff/casework/form.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say what became of a need."""
    need = need_for(request, uid)
    form = NeedCloseForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            close_needs(request.actor, [ClosedNeed(need, form.cleaned_data["status"], form.cleaned_data["on"])])
            messages.success(request, _("Le besoin est clos."))
            return redirect(f"{address_of(need.file)}#besoins")
    context = page(need.file, _("Clore le besoin"), form=form, submit=_("Clore le besoin"), subject=need.label)
    return render(request, "staff/casework/form.html", context)
