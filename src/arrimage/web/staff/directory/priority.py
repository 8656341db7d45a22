"""Who waits for the places of a service, in order; giving somebody of the line priority, and taking it back."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.enums import HoldStatus
from arrimage.directory.models import PlaceHold, Service
from arrimage.directory.places.priority import give_priority, may_order, take_priority_back
from arrimage.directory.places.queries import standing_of_hold, waiting_line
from arrimage.foundation.history import changes_of
from arrimage.web.access import allows, refusals_shown
from arrimage.web.forms import ShellForm
from arrimage.web.requests import ActingRequest


class PriorityForm(ShellForm):
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi cette personne passe avant les autres"),
        max_length=300,
        help_text=gettext_lazy("Sans nom ni renseignement sur la personne : la raison se lit à côté de la file."),
    )


@dataclass(frozen=True)
class Line:
    """Who waits at one location, in order; `may_order` says whether the line may be changed by who reads it."""

    where: str
    holds: list[PlaceHold]
    may_order: bool


def line_of(actor: Actor, service: Service) -> list[Line]:
    """Return the line of each location of a service that came `with_parts`, where somebody waits. One query."""
    places = {here.places.pk: str(here.location) for here in service.at_locations.all() if hasattr(here, "places")}
    waiting = waiting_line(list(places)) if places else []
    may = actor.may(Right.ORDER_WAITING) and actor.covers_region(service.organisation.region_id)
    lines = [Line(where, [hold for hold in waiting if hold.places_id == key], may) for key, where in places.items()]
    return [line for line in lines if line.holds]


@allows(Right.ORDER_WAITING)
@require_http_methods(["GET", "POST"])
def give(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say why somebody of the line passes before the others."""
    hold = _waiting(request.actor, uid)
    form = PriorityForm(request.POST or None, initial={"reason": hold.priority_reason})
    if form.is_valid():
        with refusals_shown(request, form):
            give_priority(request.actor, hold, form.cleaned_data["reason"])
            messages.success(request, _("La priorité est donnée."))
            return redirect(_line_address(hold))
    service = hold.places.service_at_location.service
    context = {
        "title": _("Donner la priorité"),
        "lead": service.name,
        "trail": [
            (_("Répertoire"), reverse("staff:services")),
            (service.name, reverse("staff:service", args=[service.uid])),
        ],
        "form": form,
        "submit": _("Changer la raison") if hold.priority_at else _("Donner la priorité"),
        "cancel_url": _line_address(hold),
        "hold": hold,
        "place": standing_of_hold(hold),
        "changes": changes_of(hold).filter(changed__has_key="priority_reason").order_by("-pk"),
    }
    return render(request, "staff/directory/priority.html", context)


@allows(Right.ORDER_WAITING)
@require_POST
def take_back(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give somebody their rank of the line again."""
    hold = _waiting(request.actor, uid)
    with refusals_shown(request):
        take_priority_back(request.actor, hold)
        messages.success(request, _("La priorité est retirée : chacun a de nouveau le rang du jour de sa demande."))
    return redirect(_line_address(hold))


def _waiting(actor: Actor, uid: UUID) -> PlaceHold:
    """Return somebody of a line the actor may order, or answer 404."""
    holds = PlaceHold.objects.filter(status=HoldStatus.WAITING)
    hold = get_object_or_404(holds.select_related("places__service_at_location__service__organisation"), uid=uid)
    if not may_order(actor, hold):
        raise Http404
    return hold


def _line_address(hold: PlaceHold) -> str:
    return f"{reverse('staff:service', args=[hold.places.service_at_location.service.uid])}#attente"
