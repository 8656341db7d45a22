"""What the organisation proposed, what was answered; proposing a new service, and taking back what still waits."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.directory.upkeep.new_services import propose_service
from arrimage.directory.upkeep.proposal_words import lines_of, title_of
from arrimage.directory.upkeep.proposals import proposals_visible_to, withdraw
from arrimage.web.access import allows, refusals_shown
from arrimage.web.partners.directory.forms import ProposedServiceForm
from arrimage.web.partners.directory.organisation import own_organisation, trail
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.records import form_page

SHOWN = 30


@allows(Right.KEEP_OWN_ORGANISATION)
@require_safe
def proposals(request: ActingRequest) -> HttpResponse:
    """Show the last proposals, those that wait among them, each with the answer."""
    found = proposals_visible_to(request.actor).order_by("-created_at", "-pk")[:SHOWN]
    context = {
        "title": _("Nos propositions"),
        "trail": trail(),
        "proposals": [(proposal, title_of(proposal), lines_of(proposal)) for proposal in found],
    }
    return render(request, "partners/directory/proposals.html", context)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_http_methods(["GET", "POST"])
def new_service(request: ActingRequest) -> HttpResponse:
    """Propose a service that the directory does not show yet."""
    own = own_organisation(request.actor)
    form = ProposedServiceForm(request.POST or None, organisation=own)
    if form.is_valid():
        with refusals_shown(request, form):
            said = form.cleaned_data
            propose_service(request.actor, form.service(own), list(said["themes"]), said["location"])
            messages.success(
                request, _("C’est proposé : la direction régionale le lira, et vous verrez ici sa réponse.")
            )
            return redirect("partners:proposals")
    return form_page(
        request,
        form,
        title=_("Proposer un service"),
        submit=_("Proposer le service"),
        cancel_url=reverse("partners:organisation"),
        trail=trail(),
    )


@allows(Right.KEEP_OWN_ORGANISATION)
@require_POST
def take_back(request: ActingRequest, uid: UUID) -> HttpResponse:
    proposal = get_object_or_404(proposals_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        withdraw(request.actor, proposal)
        messages.success(request, _("La proposition est retirée."))
    return redirect("partners:proposals")
