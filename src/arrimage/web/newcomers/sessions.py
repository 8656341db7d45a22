"""Group sessions as a newcomer sees them: those to come, their own place, what they came to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Basis, What
from arrimage.scheduling.attestation_document import attestation_pdf
from arrimage.scheduling.enums import EnrolmentStatus
from arrimage.scheduling.group_sessions import cancel_enrolment, enrol
from arrimage.scheduling.session_fit import why_not
from arrimage.scheduling.session_queries import (
    attestations_visible_to,
    enrolments_visible_to,
    places_left,
    sessions_visible_to,
    still_to_come,
    with_dates,
)
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest

_E = EnrolmentStatus


@allows(Right.SEE_OWN_FILE)
@require_safe
def sessions(request: ActingRequest) -> HttpResponse:
    """Show the sessions one is in, those one was in, and those to come one may attend; the others when asked for."""
    person = _oneself(request)
    own = list(
        enrolments_visible_to(request.actor).exclude(status=_E.CANCELLED).select_related("session", "attestation")
    )
    visible = with_dates(sessions_visible_to(request.actor)).select_related("programme", "service_point")
    mine = {each.pk: each for each in visible.filter(pk__in=[each.session_id for each in own])}
    coming = list(still_to_come(visible).exclude(pk__in=mine))
    left = places_left(coming)
    reasons = why_not(person, coming, [key for key, places in left.items() if not places])
    others = [(each, left[each.pk], reasons[each.pk]) for each in coming if reasons[each.pk]]
    context = {
        "title": _("Séances de groupe"),
        "own": [(each, mine[each.session_id]) for each in own if each.status in (_E.ENROLLED, _E.WAITING)],
        "past": [(each, mine[each.session_id]) for each in own if each.status in (_E.COMPLETED, _E.NOT_COMPLETED)],
        "coming": [(each, left[each.pk], []) for each in coming if not reasons[each.pk]],
        "others": others,
        "shows_others": bool(request.GET.get("autres")),
    }
    return render(request, "newcomers/sessions.html", context)


@allows(Right.SEE_OWN_FILE)
@require_POST
def join(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask for a place in a session."""
    found = get_object_or_404(sessions_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        [own] = enrol(request.actor, found, [_oneself(request)])
        if own.status == _E.WAITING:
            messages.success(
                request, _("Vous êtes sur la liste d’attente. Nous vous préviendrons si une place se libère.")
            )
        else:
            messages.success(request, _("C’est noté : vous avez une place."))
    return redirect("newcomers:sessions")


@allows(Right.SEE_OWN_FILE)
@require_POST
def leave(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give one's place back."""
    found = get_object_or_404(enrolments_visible_to(request.actor).select_related("session", "person"), uid=uid)
    with refusals_shown(request):
        cancel_enrolment(request.actor, found)
        messages.success(request, _("C’est noté : votre place va à quelqu’un d’autre."))
    return redirect("newcomers:sessions")


@allows(Right.SEE_OWN_FILE)
@require_safe
def attestation(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Return one's attestation as a PDF."""
    found = get_object_or_404(
        attestations_visible_to(request.actor).select_related(
            "enrolment__person", "enrolment__session__programme", "enrolment__session__service_point",
            "enrolment__session__region",
        ),
        uid=uid,
    )  # fmt: skip
    read(request, found.enrolment.person, What.PRINTED, basis=Basis.OWN_RECORD)
    response = HttpResponse(attestation_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="attestation.pdf"'
    return response


def _oneself(request: ActingRequest) -> Person:
    return get_object_or_404(Person, pk=request.actor.scope_id or 0)
