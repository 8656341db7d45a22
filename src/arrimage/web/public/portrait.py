"""The portrait of immigration in a region, for anybody: published tables, their charts, their sources."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.engines.charts import Width
from arrimage.reporting.drawing import picture_of
from arrimage.reporting.portrait import TABLES, charts_of, portrait_of, table_of
from arrimage.territory.models import Region
from arrimage.web.access import open_to_all
from arrimage.web.portraits import COMMAND, nothing_imported, shown_tables
from arrimage.web.public.places import may_import


@open_to_all
@require_safe
def portrait(request: HttpRequest) -> HttpResponse:
    """Show the portrait of a region: the first that has a directorate, unless another is asked."""
    regions = list(Region.objects.filter(deployed_on__isnull=False).order_by("deployed_on", "code"))
    asked = request.GET.get("region", "")
    region = next((each for each in regions if each.code == asked), regions[0] if regions else None)
    context = {
        "title": _("Portrait de l’immigration"),
        "region": region,
        "regions": regions if len(regions) > 1 else [],
        "tables": shown_tables(portrait_of(region)) if region else [],
        "why": nothing_imported() if may_import(request) else _("Le portrait n’est pas encore publié."),
        "command": COMMAND if may_import(request) else "",
    }
    return render(request, "public/portrait.html", context)


@open_to_all
@require_safe
def chart(request: HttpRequest, code: str) -> HttpResponse:
    """Give one chart as a picture. Only the table it shows is read."""
    table_code = code.rpartition("-")[0]
    region = get_object_or_404(Region, code=request.GET.get("region", ""))
    table = table_of(region, table_code) if table_code in TABLES else None
    found = next((shown.chart for shown in charts_of(table) if shown.code == code), None) if table else None
    if found is None:
        raise Http404
    width = Width.NARROW if request.GET.get("width") == Width.NARROW else Width.WIDE
    return HttpResponse(picture_of(found, width), content_type="image/svg+xml; charset=utf-8")
