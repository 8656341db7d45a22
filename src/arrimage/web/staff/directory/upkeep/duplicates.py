"""The services that may be one and the same, and saying that two are two."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.directory.queries import services_visible_to
from arrimage.directory.upkeep.duplicates import likely_pairs, tell_apart
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.tabs import tabs_of


@allows(Right.MANAGE_DIRECTORY)
@require_safe
def duplicates(request: ActingRequest) -> HttpResponse:
    """Show side by side the services that look alike, and why."""
    context = {
        "title": _("Répertoire"),
        "tabs": tabs_of(request.actor, "service_duplicates"),
        "pairs": likely_pairs(request.actor),
    }
    return render(request, "staff/directory/duplicates.html", context)


@allows(Right.MANAGE_DIRECTORY)
@require_POST
def distinct(request: ActingRequest, uid: UUID, other: UUID) -> HttpResponse:
    """Remember that two services are not the same: the pair leaves the list."""
    services = services_visible_to(request.actor).filter(uid__in=[uid, other])
    if request.actor.region_id is not None:
        services = services.filter(organisation__region=request.actor.region_id)
    if len(found := list(services)) < 2:
        raise Http404
    with refusals_shown(request):
        tell_apart(request.actor, found)
        messages.success(request, _("C’est noté : ces deux services ne seront plus proposés ensemble."))
    return redirect("staff:service_duplicates")
