"""What the organisation proposed, what was answered, and taking back what still waits."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.directory.upkeep.proposal_words import lines_of, title_of
from arrimage.directory.upkeep.proposals import proposals_visible_to, withdraw
from arrimage.web.access import allows, refusals_shown
from arrimage.web.partners.directory.organisation import trail
from arrimage.web.requests import ActingRequest

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
@require_POST
def take_back(request: ActingRequest, uid: UUID) -> HttpResponse:
    proposal = get_object_or_404(proposals_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        withdraw(request.actor, proposal)
        messages.success(request, _("La proposition est retirée."))
    return redirect("partners:proposals")
