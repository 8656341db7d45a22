"""The portrait of a region, and the portrait as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.reporting.formats import PORTRAIT_FORMATS
from arrimage.reporting.portrait import Portrait, portrait_for
from arrimage.reporting.scope import regions_for
from arrimage.web.access import allows
from arrimage.web.portraits import COMMAND, nothing_imported, shown_tables
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.bilan.forms import start_of
from arrimage.web.staff.bilan.views import file_response


@allows(Right.SEE_BILAN)
@require_safe
def portrait(request: ActingRequest) -> HttpResponse:
    """Show what public tables say of a region: charts, tables, sources."""
    regions = regions_for(request.actor)
    found = _asked(request)
    manages = request.actor.may(Right.IMPORT_REFERENCE)
    context = {
        "title": _("Portrait de l’immigration"),
        "lead": found.region.name,
        "trail": [(_("Bilan"), reverse("staff:bilan"))],
        "region": found.region,
        "regions": regions if len(regions) > 1 else [],
        "tables": shown_tables(found),
        "formats": PORTRAIT_FORMATS,
        "import_url": reverse("staff:import", args=["statistics"]) if manages else "",
        "import_words": _("Importer un tableau de statistiques") if manages else "",
        "why": nothing_imported(),
        "command": COMMAND,
    }
    return render(request, "staff/portrait/portrait.html", context)


@allows(Right.SEE_BILAN)
@require_safe
def export(request: ActingRequest, format: str) -> HttpResponse:
    """Give the portrait as a file."""
    if format not in PORTRAIT_FORMATS:
        raise Http404
    found = _asked(request)
    return file_response(PORTRAIT_FORMATS[format], found, f"portrait-{found.region.code}")


def _asked(request: ActingRequest) -> Portrait:
    code = request.GET.get("region") or request.actor.region_code or start_of(regions_for(request.actor)).code
    return portrait_for(request.actor, code)
