"""The public site: what the directorate does, its points of service, the services of the region."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.directory.models import Service
from arrimage.directory.public import offered_themes, open_services
from arrimage.directory.queries import with_parts
from arrimage.directory.upkeep.closures import closure_shown
from arrimage.foundation import clock
from arrimage.foundation.writing import write_language
from arrimage.scheduling.opening import opening_of
from arrimage.scheduling.rules import write_week
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint
from arrimage.web.access import open_to_all
from arrimage.web.joinings import follow_joinings
from arrimage.web.public.service_parts import shown_service
from arrimage.web.public.themes import theme_label


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what the directorate does, and lead to the services and the points of service."""
    today = clock.today()
    points = (
        ServicePoint.objects.filter(kind=ServicePointKind.OFFICE, open_to_public=True)
        .open_on(today)
        .select_related("region", "place")
        .order_by("region__code", "name")
    )
    opening = opening_of(list(points), today, today)
    regions: dict[str, list[tuple[ServicePoint, list[tuple[str, str]]]]] = {}
    for point in points:
        timetable = opening.timetable(point, today)
        hours = write_week(timetable.week) if timetable else []
        regions.setdefault(point.region.name, []).append((point, hours))
    themes = [(theme.code, theme_label(theme)) for theme in offered_themes()]
    return render(request, "public/home.html", {"regions": regions, "themes": themes})


@open_to_all
@require_safe
@follow_joinings("public:service")
def service(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one service: what it is, for whom, where, how to reach who offers it."""
    found = get_object_or_404(with_parts(open_services()).prefetch_related("themes"), uid=uid)
    context = {
        "title": found.name,
        "lead": found.organisation.name,
        **_line(found),
        **shown_service(found),
        "closure": closure_shown(found),
        "trail": [(_("Services de la région"), reverse("public:services"))],
    }
    return render(request, "public/service.html", context)


def _line(service: Service) -> dict[str, Any]:
    organisation = service.organisation
    return {
        "service": service,
        "organisation": organisation,
        "themes": [theme_label(theme) for theme in service.themes.all()],
        "spoken": ", ".join(write_language(code) for code in service.languages),
        "address": service.address or organisation.address,
        "place": service.place or organisation.place,
    }
