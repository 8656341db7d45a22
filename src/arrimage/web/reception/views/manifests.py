"""Manifests: those imported, and importing one: checked first, then written on a second word."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.imports import ImportReport, importers, run_import, template_csv, template_xlsx
from arrimage.foundation.writing import write_number
from arrimage.reception.queries import manifests_visible_to
from arrimage.web.access import allows
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.reception.forms import ManifestForm
from arrimage.web.reception.tables import ManifestTable
from arrimage.web.requests import ActingRequest
from arrimage.web.uploads import forget, keep, kept

KIND = "arrivals"
SHOWN_ERRORS = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allows(Right.IMPORT_ARRIVALS)
@require_safe
def manifests(request: ActingRequest) -> HttpResponseBase:
    """List the manifests that changed something."""
    return render_list(
        request,
        ManifestTable,
        manifests_visible_to(request.actor).select_related("imported_by"),
        title=_("Manifestes"),
        sentence=lambda n: ngettext("%(n)s manifeste importé", "%(n)s manifestes importés", n) % {"n": write_number(n)},
        empty=Empty(
            _("Aucun manifeste n’est encore importé."), _("Importer un manifeste"), reverse("reception:manifest_import")
        ),
        export_name="manifestes",
        template="reception/manifests.html",
        context={"trail": [(_("Arrivées"), reverse("reception:home"))]},
    )


@allows(Right.IMPORT_ARRIVALS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActingRequest) -> HttpResponse:
    """Check the file given (`file`), and show what it would do; import the file just checked (`confirm`)."""
    if request.method == "POST" and "confirm" in request.POST:
        return _import(request)
    form = ManifestForm(request.POST, request.FILES) if request.method == "POST" else ManifestForm()
    report = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        keep(request, KIND, file)
        report = _run(request, wet=False)
        if report is not None and report.refused:
            forget(request, KIND)
        form = ManifestForm()
    return _page(request, form, report)


def _import(request: ActingRequest) -> HttpResponse:
    report = _run(request, wet=True)
    if report is None:
        messages.error(
            request, _("Le fichier vérifié n’est plus là, ou il est déjà importé. Choisissez-le de nouveau.")
        )
        return redirect("reception:manifest_import")
    if report.refused:
        return _page(request, ManifestForm(), report)
    forget(request, KIND)
    said = _(
        "Le manifeste est importé : %(created)s arrivées ajoutées, %(updated)s modifiées, %(unchanged)s déjà connues."
    )
    counts = {name: write_number(getattr(report, name)) for name in ("created", "updated", "unchanged")}
    messages.success(request, said % counts)
    return redirect("reception:manifests")


def _run(request: ActingRequest, *, wet: bool) -> ImportReport | None:
    with kept(request, KIND) as found:
        if found is None:
            return None
        file, filename = found
        return run_import(importers()[KIND], file, filename, request.actor, wet=wet)


def _page(request: ActingRequest, form: ManifestForm, report: ImportReport | None) -> HttpResponse:
    warnings = report.to_json()["warnings"] if report else []
    context = {
        "title": _("Importer un manifeste"),
        "form": form,
        "report": report,
        "warnings": warnings,
        "errors": report.errors[:SHOWN_ERRORS] if report else [],
        "error_count": len(report.errors) + report.hidden_errors if report else 0,
        "more_errors": max(0, len(report.errors) + report.hidden_errors - SHOWN_ERRORS) if report else 0,
        "changes": report.created + report.updated if report else 0,
        "columns": importers()[KIND].columns,
        "trail": [(_("Manifestes"), reverse("reception:manifests"))],
    }
    return render(request, "reception/manifest_import.html", context)


@allows(Right.IMPORT_ARRIVALS)
@require_safe
def template(request: ActingRequest, form: str) -> HttpResponse:
    """Give the empty manifest to fill in."""
    if form == "csv":
        content: bytes = template_csv(importers()[KIND]).encode("utf-8-sig")
        kind = "text/csv; charset=utf-8"
    elif form == "xlsx":
        content, kind = template_xlsx(importers()[KIND]), XLSX
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="modele-manifeste.{form}"'
    return response
