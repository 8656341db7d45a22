"""One service of the organisation: what it says, its quality, its history."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.enums import ProposalStatus
from arrimage.directory.models import Service
from arrimage.directory.queries import services_visible_to, with_parts
from arrimage.directory.upkeep.closures import live_closures
from arrimage.directory.upkeep.keeping import keep_service
from arrimage.directory.upkeep.proposals import proposals_visible_to
from arrimage.directory.upkeep.reckoning import scores_of
from arrimage.foundation.changes import Change
from arrimage.web.access import allows, refusals_shown
from arrimage.web.joinings import follow_joinings
from arrimage.web.partners.directory.forms import ServiceForm
from arrimage.web.partners.directory.organisation import tell_kept, trail
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.facts import described, service_facts
from arrimage.web.staff.directory.parts import sections
from arrimage.web.staff.history.kinds import KINDS
from arrimage.web.staff.history.story import Story
from arrimage.web.staff.history.views import tell
from arrimage.web.staff.records import form_page


@allows(Right.KEEP_OWN_ORGANISATION)
@require_safe
@follow_joinings("partners:service")
def service(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a service as its organisation keeps it."""
    found = own_service(request.actor, uid)
    proposals = proposals_visible_to(request.actor).filter(service=found, status=ProposalStatus.WAITING)
    context = {
        "title": found.name,
        "lead": found.organisation.name,
        "trail": trail(),
        "service": found,
        "sections": sections(found, keeper="partners:service"),
        **described(found),
        "facts_pairs": service_facts(found),
        "closure": live_closures().filter(service=found).first(),
        "score": scores_of([found])[found.pk],
        "proposals": proposals.count(),
    }
    return render(request, "partners/directory/service.html", context)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = own_service(request.actor, uid)
    form = ServiceForm(request.POST or None, instance=found, region_id=found.organisation.region_id)
    address, back = reverse("partners:service", args=[uid]), service_trail(found)
    if form.is_valid():
        with refusals_shown(request, form):
            change = Change(found, form.values(), version=form.cleaned_data["version"])
            tell_kept(request, keep_service(request.actor, change))
            return redirect(address)
    return form_page(
        request, form, title=_("Modifier le service"), submit=_("Enregistrer"), cancel_url=address, trail=back
    )


@allows(Right.KEEP_OWN_ORGANISATION)
@require_safe
def history(request: ActingRequest, uid: UUID) -> HttpResponseBase:
    """Tell who changed what in a service, and when."""
    found = own_service(request.actor, uid)
    return tell(
        request, Story(request.actor, KINDS["service"], found), {"lead": found.name, "trail": service_trail(found)}
    )


def own_service(actor: Actor, uid: UUID) -> Service:
    """Return a service of the actor's own organisation, with its parts, or answer 404."""
    services = services_visible_to(actor).filter(organisation=actor.scope_id).with_locations()
    return get_object_or_404(with_parts(services).select_related("organisation__region"), uid=uid)


def service_trail(found: Service) -> list[tuple[str, str]]:
    return [*trail(), (found.name, reverse("partners:service", args=[found.uid]))]
