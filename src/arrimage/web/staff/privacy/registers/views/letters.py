"""The letters of a request, as pages to print: receipt, extension, answer."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.privacy.journal.enums import What
from arrimage.privacy.registers.enums import ANSWERS, RequestStatus
from arrimage.privacy.registers.models import PersonRequest
from arrimage.privacy.registers.rules import answer_due, recourse_until
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.registers.reading import journal, request_for, trail


@allows(Right.MANAGE_PRIVACY)
@require_safe
def receipt(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the letter of s. 97: the day of receipt, the deadline, what follows from silence, the recourse."""
    found = request_for(request.actor, uid)
    return _letter(
        request, found, "receipt", title=_("Accusé de réception"), dated=found.acknowledged_on or clock.today()
    )


@allows(Right.MANAGE_PRIVACY)
@require_safe
def extension(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the notice that ten days are added."""
    found = request_for(request.actor, uid)
    if found.extended_on is None:
        raise Http404
    return _letter(request, found, "extension", title=_("Avis de prolongation"), dated=found.extended_on)


@allows(Right.MANAGE_PRIVACY)
@require_safe
def answer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the answer, its reasons, and the recourse."""
    found = request_for(request.actor, uid)
    if found.status not in ANSWERS or found.answered_on is None:
        raise Http404
    return _letter(
        request,
        found,
        "answer",
        title=_("Réponse à votre demande"),
        dated=found.answered_on,
        recourse_until=recourse_until(found.answered_on),
        is_granted=found.status == RequestStatus.GRANTED,
    )


def _letter(request: ActingRequest, found: PersonRequest, kind: str, *, title: str, **context: Any) -> HttpResponse:
    journal(request, found, What.PRINTED)
    shown = {
        "title": title,
        "lead": found.number,
        "trail": trail("request", found),
        "asked": found,
        "first_due": answer_due(found.received_on),
        **context,
    }
    return render(request, f"staff/privacy/registers/letter_{kind}.html", shown)
