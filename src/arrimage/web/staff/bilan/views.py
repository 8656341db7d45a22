"""The bilan of a period, the records behind a figure, and the bilan as a file."""

from typing import TypeVar

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.reporting.asked_again import asked_again
from arrimage.reporting.evidence import Evidence, evidence_for
from arrimage.reporting.formats import FORMATS, Format
from arrimage.reporting.indicators import INDICATORS
from arrimage.reporting.report import report_for
from arrimage.reporting.scope import over_all_records, region_for
from arrimage.web.access import allows
from arrimage.web.lists import build_list, csv_response
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.bilan.forms import ScopeForm
from arrimage.web.staff.bilan.tables import EvidenceTable

T = TypeVar("T")
LEFT_OUT = "reste"


@allows(Right.SEE_BILAN)
@require_safe
def bilan(request: ActingRequest) -> HttpResponse:
    """Show every figure of the period, by part."""
    form = ScopeForm(request.actor, request.GET)
    context = {"title": _("Bilan des réalisations"), "form": form, "formats": FORMATS}
    if form.is_valid():
        report = report_for(request.actor, form.region_code, form.period.first, form.period.last)
        found = report.bilan
        context |= {
            "bilan": found,
            "text": report.text,
            "writes": request.actor.may(Right.WRITE_BILAN),
            "groups": list(found.groups()),
            "query": form.query(),
            "years": form.years(),
            "lead": f"{found.region.name}, {found.period}",
            "sees_evidence": request.actor.may(Right.SEE_EVIDENCE),
        }
    return render(request, "staff/bilan/bilan.html", context)


@allows(Right.SEE_BILAN)
@require_safe
def export(request: ActingRequest, format: str) -> HttpResponse:
    """Give the bilan as a file."""
    if format not in FORMATS:
        raise Http404
    form = ScopeForm(request.actor, request.GET)
    if not form.is_valid():
        return _back_to_bilan(request)
    report = report_for(request.actor, form.region_code, form.period.first, form.period.last)
    found = report.bilan
    return file_response(FORMATS[format], report, f"bilan-{found.region.code}-{found.period.first}-{found.period.last}")


def file_response(format: Format[T], what: T, name: str) -> HttpResponse:
    """Give something as a file to keep, in one of its formats."""
    return HttpResponse(
        format.write(what),
        content_type=format.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.{format.extension}"'},
    )


@allows(Right.SEE_BILAN)
@require_safe
def asked_again_table(request: ActingRequest) -> HttpResponse:
    """Show, by organisation and theme, how often what had been told was asked again; nobody's name."""
    form = ScopeForm(request.actor, request.GET)
    if not form.is_valid():
        return _back_to_bilan(request)
    region = region_for(request.actor, Right.SEE_BILAN, form.region_code)
    with over_all_records(request.actor):
        rows = asked_again(region, form.period)
    context = {
        "title": _("Réponses redemandées, par organisme et par thème"),
        "lead": f"{region.name}, {form.period}",
        "rows": rows,
        "trail": [(_("Bilan des réalisations"), f"{reverse('staff:bilan')}?{form.query()}")],
    }
    return render(request, "staff/bilan/asked_again.html", context)


@allows(Right.SEE_EVIDENCE)
@require_safe
def evidence(request: ActingRequest, code: str) -> HttpResponseBase:
    """Show the records behind one figure; for a share, those left out of it when asked."""
    if code not in INDICATORS:
        raise Http404
    form = ScopeForm(request.actor, request.GET)
    if not form.is_valid():
        return _back_to_bilan(request)
    found = evidence_for(request.actor, code, form.region_code, form.period.first, form.period.last)
    with over_all_records(request.actor):
        return _records_behind(request, found, form)


def _records_behind(request: ActingRequest, found: Evidence, form: ScopeForm) -> HttpResponseBase:
    code = found.indicator.code
    left_out = found.left_out if LEFT_OUT in request.GET else None
    shown = build_list(
        request,
        EvidenceTable,
        found.rows if left_out is None else left_out,
        sentence=found.sentence()
        if left_out is None
        else lambda count: f"{found.indicator.write_left_out(count)}, {found.period}",
        empty=Empty(_("Aucun enregistrement de cette période ne compte pour ce chiffre.")),
        export_name=code.replace("_", "-"),
        table_kwargs={"indicator": found.indicator, "actor": request.actor},
    )
    if request.GET.get("export") == "csv":
        return csv_response(shown.table, code.replace("_", "-"))
    query = form.query()
    context = {
        "title": str(found.indicator.label),
        "lead": f"{found.region.name}, {found.period}",
        "trail": [(_("Bilan"), f"{reverse('staff:bilan')}?{query}")],
        "found": found,
        "list": shown,
        "query": query,
        "shows_left_out": left_out is not None,
        "left_out_parameter": LEFT_OUT,
    }
    return render(request, "staff/bilan/evidence.html", context)


def _back_to_bilan(request: ActingRequest) -> HttpResponse:
    """Send to the page that says what is wrong with the period."""
    return redirect(f"{reverse('staff:bilan')}?{request.GET.urlencode()}")
