"""The end of a file, and its return."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.casework.actions import close_file, reopen_file
from arrimage.casework.closings import open_ends
from arrimage.casework.enums import FileStatus
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms_closing import CloseForm, ReopenForm
from arrimage.web.staff.casework.reading import address_of, file_for, page


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Close a file: its summary, the result of each need, what becomes of the rest."""
    file = file_for(request, uid)
    if file.status != FileStatus.ACTIVE:
        messages.info(request, _("Ce dossier est déjà fermé."))
        return redirect(address_of(file))
    ends = open_ends(file)
    form = CloseForm(request.POST or None, ends=ends)
    if form.is_valid():
        with refusals_shown(request, form):
            close_file(request.actor, form.closing(file))
            messages.success(request, _("Le dossier est fermé. Vous pouvez le rouvrir si la personne revient."))
            return redirect(address_of(file))
    context = page(file, _("Fermer le dossier"), form=form, ends=ends, draft=f"fermeture-{uid}")
    return render(request, "staff/casework/file_close.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def reopen(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take up a closed file again."""
    file = file_for(request, uid)
    if file.status == FileStatus.ACTIVE:
        messages.info(request, _("Ce dossier est déjà ouvert."))
        return redirect(address_of(file))
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            reopen_file(request.actor, file, why=form.cleaned_data["why"])
            messages.success(request, _("Le dossier est rouvert, avec tout ce qui a été fait."))
            return redirect(address_of(file))
    context = page(file, _("Rouvrir le dossier"), form=form, submit=_("Rouvrir le dossier"))
    return render(request, "staff/casework/form.html", {**context, "draft": f"reouverture-{uid}"})
