"""Somebody nobody announced."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.reception.actions import add_unannounced
from arrimage.reception.models import Flight, Party
from arrimage.reception.queries import arrivals_of_party, flights_visible_to, parties_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.reception.forms import UnannouncedForm
from arrimage.web.reception.shown import flight_words, party_title
from arrimage.web.requests import ActingRequest


@allows(Right.RECEIVE_ARRIVALS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActingRequest, uid: UUID | None = None) -> HttpResponse:
    """Add a person who is there: to a party, or as a party of their own (on `?flight=`, when one comes from there)."""
    party = get_object_or_404(parties_visible_to(request.actor), uid=uid) if uid else None
    region_id = party.region_id if party else request.actor.region_id
    if region_id is None:
        messages.error(request, _("Ajoutez la personne depuis son groupe : vous n’agissez pas pour une seule région."))
        return redirect("reception:home")
    flight = _flight(request, party)
    form = UnannouncedForm(
        request.POST if request.method == "POST" else None, party=party, flight=flight, initial=_known(party)
    )
    if form.is_valid():
        with refusals_shown(request, form):
            arrival = add_unannounced(request.actor, form.unannounced(), region_id=region_id)
            messages.success(request, _("%(name)s est ajoutée, et notée comme accueillie.") % {"name": str(arrival)})
            return redirect("reception:party", arrival.party.uid)
    back, trail = _way_back(party, flight)
    return render(
        request,
        "reception/add.html",
        {
            "title": _("Ajouter une personne au groupe") if party else _("Ajouter une personne sans annonce"),
            "lead": _("Elle est devant vous : elle sera notée comme accueillie."),
            "form": form,
            "language": form.initial.get("language", ""),
            "back": back,
            "trail": trail,
        },
    )


def _flight(request: ActingRequest, party: Party | None) -> Flight | None:
    """Return the flight a person most likely came on: the one of the page, else the last of their party's landed."""
    try:
        wanted = UUID(request.GET.get("flight", ""))
    except ValueError:
        wanted = None
    if wanted is not None:
        return flights_visible_to(request.actor).filter(uid=wanted).first()
    if party is None:
        return None
    landed = Flight.objects.filter(arrivals__party=party, lands_on__lte=clock.today())
    return landed.order_by("-lands_on", "-pk").first()


def _known(party: Party | None) -> dict[str, str]:
    """Return what the other members of a party let one suppose."""
    first = party.arrivals.order_by("pk").first() if party else None
    if first is None:
        return {}
    return {"family_name": first.family_name, "language": first.language, "category": first.category}


def _way_back(party: Party | None, flight: Flight | None) -> tuple[str, list[tuple[str, str]]]:
    home = reverse("reception:home")
    if party is not None:
        back = reverse("reception:party", args=[party.uid])
        return back, [(_("Arrivées"), home), (party_title(party, arrivals_of_party(party)), back)]
    if flight is not None:
        back = reverse("reception:flight", args=[flight.uid])
        return back, [(_("Arrivées"), home), (flight_words(flight), back)]
    return home, [(_("Arrivées"), home)]
