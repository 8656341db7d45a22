"""Finding a service: one search, its filters in the address, a list and its map; what is offered at one place."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.searching import find_services
from arrimage.directory.finding.shown import listed_at
from arrimage.directory.finding.why import reasons, said_of_words
from arrimage.directory.finding.words import understand
from arrimage.directory.models import Location, ServiceAtLocation
from arrimage.directory.public import offered_services
from arrimage.foundation.writing import write_number
from arrimage.territory.outlines import mapped_regions
from arrimage.web.access import open_to_all
from arrimage.web.chips import chips_of, without
from arrimage.web.parts import Chip
from arrimage.web.public.forms import BY_NAME, SORTS, SORTS_NEAR, SearchForm
from arrimage.web.public.found import found

PER_PAGE = 20


@dataclass(frozen=True)
class Sort:
    """A way to order the list, and the address that asks it."""

    label: str
    url: str
    is_this_one: bool


@open_to_all
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Find a service by words, theme, place, language, way, free places, hours."""
    form = SearchForm(request.GET)
    criteria = form.criteria()
    understood = understand(criteria.text)
    sort = form.cleaned_data.get("sort", "")
    area = form.cleaned_data.get("postal_code")
    services = find_services(criteria, understood=understood, by_name=sort == BY_NAME)
    paginator = Paginator(services, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    borne = reasons(understood, page)
    chips = _chips(form, request)
    context = {
        "title": _("Services de la région"),
        "form": form,
        "page": page,
        "lines": [found(service, criteria, borne[service.pk], is_about=bool(area)) for service in page],
        "sentence": _more(len(services)) if services.are_more else _sentence(len(services)),
        "said_of_words": said_of_words(understood),
        "query": _query(request, "page"),
        "chips": chips,
        "sorts": _sorts(request, criteria, sort),
        "wider": [chip for chip in chips if chip.label != str(form.fields["q"].label)],
        "only_place": criteria.place if criteria == Criteria(place=criteria.place) else None,
        "map": _map(request, criteria),
        "may_save": request.user.is_authenticated and bool(chips),
    }
    return render(request, "public/services.html", context)


@open_to_all
@require_safe
def location(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what is offered at one place: the map leads here."""
    at = get_object_or_404(Location.objects.select_related("organisation", "place"), uid=uid)
    offered = offered_services().filter(at_locations__location=at).order_by("name", "pk").values_list("pk", flat=True)
    here = listed_at(list(offered), ServiceAtLocation.objects.filter(location=at))
    name = at.name or at.organisation.name
    context = {
        "title": name,
        "lead": ", ".join(filter(None, (at.address, at.place.name if at.place else ""))),
        "trail": [(_("Services de la région"), reverse("public:services"))],
        "lines": [found(service, Criteria()) for service in here],
        "sentence": _sentence(len(here)),
        "transportation": at.transportation,
    }
    return render(request, "public/location.html", context)


def _sentence(count: int) -> str:
    return ngettext("%(n)s service", "%(n)s services", count) % {"n": write_number(count)}


def _more(count: int) -> str:
    return _("Plus de %(n)s services : précisez votre recherche.") % {"n": write_number(count)}


def _chips(form: SearchForm, request: HttpRequest) -> list[Chip]:
    """Return what is asked, each with the address without it; « near me » comes last."""
    chips = chips_of(form, request.GET)
    if form.cleaned_data.get("near") and not form.cleaned_data.get("postal_code"):
        chips.append(Chip(_("Distance"), _("près de moi"), without(request.GET, ["near"])))
    return chips


def _sorts(request: HttpRequest, criteria: Criteria, current: str) -> list[Sort]:
    query = _query(request, "page", "sort")
    return [
        Sort(str(label), f"?{query}&sort={key}" if key else f"?{query}", key == current)
        for key, label in (SORTS_NEAR if criteria.near else SORTS)
    ]


def _query(request: HttpRequest, *without_names: str) -> str:
    query = request.GET.copy()
    for name in without_names:
        query.pop(name, None)
    return query.urlencode()


def _map(request: HttpRequest, criteria: Criteria) -> dict[str, Any]:
    """Return where the map's script finds what it shows."""
    query = _query(request, "page", "sort")
    region = mapped_regions().first()
    return {
        "points": f"{reverse('public:points')}?{query}",
        "outlines": f"{reverse('public:outlines')}?region={region.code}" if region else "",
        "here": f"{criteria.near.latitude},{criteria.near.longitude}" if criteria.near else "",
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_TILES_CREDIT,
    }
