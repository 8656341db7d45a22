"""The buttons of a party's page: who is there, open the files, join the appointment. Each one again changes nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.reception.actions import Welcome, join_first_appointment, open_party_files, record_outcomes
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.reception.queries import consents_held, files_to_book, parties_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.reception.identities import answers_to, unanswered
from arrimage.web.reception.points import REMEMBERED, offices_of
from arrimage.web.requests import ActingRequest


@allows(Right.RECEIVE_ARRIVALS)
@require_POST
def record(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say what became of the persons named by `arrival`, or of all those of a `flight` that it may concern."""
    party = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    if request.POST.get("outcome") not in ArrivalOutcome.values:
        raise Http404
    outcome = ArrivalOutcome(request.POST["outcome"])
    with refusals_shown(request):
        changed = record_outcomes(request.actor, _chosen(request, party, outcome), outcome)
        if outcome == ArrivalOutcome.MET and changed:
            count = len(changed)
            messages.success(
                request,
                ngettext("%(count)d personne accueillie.", "%(count)d personnes accueillies.", count)
                % {"count": count},
            )
    return redirect("reception:party", uid)


def _chosen(request: ActingRequest, party: Party, outcome: ArrivalOutcome) -> list[Arrival]:
    arrivals = Arrival.objects.filter(party=party)
    if named := request.POST.getlist("arrival"):
        wanted = _uids(named)
        found = list(arrivals.filter(uid__in=wanted))
        if len(found) < len(wanted):
            raise Http404
        return found
    if flight := request.POST.get("flight"):
        arrivals = arrivals.filter(flight__uid__in=_uids([flight]))
    if outcome == ArrivalOutcome.EXPECTED:
        return list(arrivals.filter(outcome=ArrivalOutcome.MET, person__isnull=True))
    return list(arrivals.filter(outcome=ArrivalOutcome.EXPECTED))


def _uids(written: list[str]) -> set[UUID]:
    try:
        return {UUID(text) for text in written}
    except ValueError as error:
        raise Http404 from error


@allows(Right.RECEIVE_ARRIVALS)
@require_POST
def open_files(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Open the files of those who are there, at the chosen point of service, and go on to the first appointment."""
    party = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    wanted = request.POST.get("service_point", "")
    point = next((p for p in offices_of(party.region_id, clock.today()) if str(p.uid) == wanted), None)
    if point is None:
        messages.error(request, _("Choisissez le point de services."))
        return redirect("reception:party", uid)
    questions = unanswered(request.actor, party)
    identities = answers_to(questions, request.POST)
    if len(identities) < len(questions):
        return redirect(f"{reverse('reception:identities', args=[uid])}?point={point.uid}")
    with refusals_shown(request):
        files = open_party_files(request.actor, [Welcome(party, point, identities)])
        request.session[REMEMBERED] = str(point.uid)
        if files:
            count = len(files)
            messages.success(
                request, ngettext("%(count)d dossier ouvert.", "%(count)d dossiers ouverts.", count) % {"count": count}
            )
    if files_to_book(party):
        return redirect("reception:first_appointment" if consents_held(party) else "reception:consents", uid)
    return redirect("reception:party", uid)


@allows(Right.RECEIVE_ARRIVALS)
@require_POST
def join(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Add those who came later to the appointment their family has."""
    party = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    page = "reception:party"
    with refusals_shown(request):
        join_first_appointment(request.actor, party)
        page = "reception:handout"
    return redirect(page, uid)
