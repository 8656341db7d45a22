"""The words a region's agents begin a note from."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import keep_template
from arrimage.casework.models import NoteTemplate
from arrimage.territory.models import Region
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms_notes import NewTemplateForm, TemplateForm
from arrimage.web.staff.records import form_page, own_region


@allows(Right.MODERATE_NOTES)
@require_safe
def templates(request: ActingRequest) -> HttpResponse:
    """Show the templates of the region."""
    found = NoteTemplate.objects.filter(region_id=own_region(request.actor))
    context = {"title": _("Modèles de note"), "templates": found, "trail": [(_("Dossiers"), reverse("staff:files"))]}
    return render(request, "staff/casework/note_templates.html", context)


@allows(Right.MODERATE_NOTES)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    region = get_object_or_404(Region, pk=own_region(request.actor))
    form = NewTemplateForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            keep_template(request.actor, None, region=region, **form.cleaned_data)
            messages.success(request, _("Le modèle est ajouté."))
            return redirect("staff:note_templates")
    return _form(request, form, _("Ajouter un modèle de note"), _("Ajouter le modèle"))


@allows(Right.MODERATE_NOTES)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    template = get_object_or_404(
        NoteTemplate.objects.select_related("region").filter(region_id=own_region(request.actor)), uid=uid
    )
    form = TemplateForm(request.POST or None, record=template)
    if form.is_valid() and (values := form.merged()) is not None:
        with refusals_shown(request, form):
            keep_template(request.actor, template, region=template.region, version=template.version, **values)
            messages.success(request, _("Le modèle est modifié."))
            return redirect("staff:note_templates")
    return _form(request, form, template.title, _("Enregistrer le modèle"))


def _form(request: ActingRequest, form: NewTemplateForm | TemplateForm, title: str, submit: str) -> HttpResponse:
    back = reverse("staff:note_templates")
    trail = [(_("Modèles de note"), back)]
    return form_page(request, form, title=title, submit=submit, cancel_url=back, trail=trail)
