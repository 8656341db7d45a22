"""A table is checked, its refusals are shown row by row, then the very same file is brought in.

Nothing is kept between the two: the browser sends the file again, and its digest says that it is the one checked.
"""

import hashlib
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.imports import Importer, ImportReport, importers, run_import, template_csv
from arrimage.web.access import allows
from arrimage.web.menu import address
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.imports.forms import UploadForm

RIGHTS = sorted({Right(importer.right) for importer in importers().values()})
SHOWN_ERRORS = 100
# Where what came in can be seen; the others have no list of their own.
LISTS = {
    "accompaniments": "staff:accompaniments",
    "agreements": "staff:agreements",
    "arrivals": "reception:manifests",
    "deliverables": "staff:agreements",
    "employers": "staff:employers",
    "instalments": "staff:agreements",
    "interpreters": "staff:interpreters",
    "local_actions": "staff:local_actions",
    "occupations": "staff:occupations",
    "organisations": "staff:organisations",
    "services": "staff:services",
    "staff": "staff:personnel",
    "statistics": "public:portrait",
    "territory": "public:places",
}


@allows(*RIGHTS)
@require_safe
def kinds(request: ActingRequest) -> HttpResponse:
    """List the tables that the actor may bring in."""
    found = [importer for importer in importers().values() if request.actor.may(Right(importer.right))]
    links = sorted((str(importer.label), reverse("staff:import", args=[importer.kind])) for importer in found)
    return render(request, "staff/imports/kinds.html", {"title": _("Importer un tableau"), "links": links})


@allows(*RIGHTS)
@require_http_methods(["GET", "POST"])
def upload(request: ActingRequest, kind: str) -> HttpResponse:
    """Check a table, then bring it in once it is confirmed with the digest of what was checked."""
    importer = _importer(request, kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, asks_source=importer.asks_source)
    context: dict[str, Any] = {
        "title": _("Importer : %(label)s") % {"label": importer.label},
        "trail": [(_("Importer un tableau"), reverse("staff:imports"))],
        "importer": importer,
        "kind": kind,
        "form": form,
        "columns": importer.columns,
        "titles": titles_of(importer),
        "list_url": address(LISTS.get(kind, "")) if kind in LISTS else None,
        "report": None,
        "changed": False,
        "digest": "",
    }
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        digest = digest_of(file)
        confirmed = form.cleaned_data["digest"]
        same = bool(confirmed) and constant_time_compare(confirmed, digest)
        source = form.cleaned_data.get("source", "")
        report = run_import(importer, cast(BinaryIO, file), file.name or "", request.actor, wet=same, source=source)
        context |= shown(report) | {"digest": digest, "changed": bool(confirmed) and not same, "filename": file.name}
    template = "staff/imports/result.html" if request.headers.get("HX-Request") else "staff/imports/upload.html"
    return render(request, template, context)


@allows(*RIGHTS)
@require_safe
def template(request: ActingRequest, kind: str) -> HttpResponse:
    """Answer with the empty form of a table: its titles and one example row."""
    importer = _importer(request, kind)
    content = template_csv(importer)
    # With its mark, so that a spreadsheet reads the accents.
    response = HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-modele.csv"'
    return response


def titles_of(importer: Importer) -> dict[str, str]:
    """Return how a person calls each column: its first other title, in French; its own name in English."""
    french = (get_language() or "fr").startswith("fr")
    return {column.name: column.aliases[0] if french and column.aliases else column.name for column in importer.columns}


def digest_of(file: UploadedFile) -> str:
    """Return the SHA-256 of a file, rewound."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def shown(report: ImportReport) -> dict[str, Any]:
    """Return what the page says of a report."""
    hidden = report.hidden_errors + max(0, len(report.errors) - SHOWN_ERRORS)
    return {
        "report": report,
        "errors": report.errors[:SHOWN_ERRORS],
        "hidden": hidden,
        "nothing_new": not report.refused and not report.created and not report.updated,
    }


def _importer(request: ActingRequest, kind: str) -> Importer:
    """Return a kind of import; one that does not exist and one that the actor has no right to are the same: 404."""
    importer = importers().get(kind)
    if importer is None or not request.actor.may(Right(importer.right)):
        raise Http404
    return importer
