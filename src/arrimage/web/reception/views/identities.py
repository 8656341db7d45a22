"""Before files open: is somebody of the party recorded already?"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.reception.queries import arrivals_of_party, parties_visible_to
from arrimage.web.access import allows
from arrimage.web.journal import read_persons
from arrimage.web.reception.identities import ANOTHER, unanswered
from arrimage.web.reception.points import offices_of
from arrimage.web.reception.shown import party_title
from arrimage.web.requests import ActingRequest


@allows(Right.RECEIVE_ARRIVALS)
@require_safe
def identities(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show, beside each person met, those already recorded who are alike, and why."""
    party = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    questions = unanswered(request.actor, party)
    wanted = request.GET.get("point", "")
    point = next((p for p in offices_of(party.region_id, clock.today()) if str(p.uid) == wanted), None)
    if point is None or not questions:
        return redirect("reception:party", uid)
    keys = [each.person.pk for question in questions for each in question.candidates]
    read_persons(request, keys, kind=ObjectKind.PARTY, uid=party.uid, region_id=party.region_id)
    page = reverse("reception:party", args=[uid])
    context = {
        "title": _("Sont-elles déjà connues ?"),
        "lead": _("Quelqu’un de semblable a déjà été inscrit. Vérifiez avant d’ouvrir les dossiers."),
        "party": party,
        "point": point,
        "questions": questions,
        "another": ANOTHER,
        "back": page,
        "trail": [
            (_("Arrivées"), reverse("reception:home")),
            (party_title(party, arrivals_of_party(party)), page),
        ],
    }
    return render(request, "reception/identities.html", context)
