"""What a partner is told of consents taken back: no name, a service and dates; it confirms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.consents import confirm_notices
from arrimage.casework.models import ConsentNotice
from arrimage.casework.queries import consent_notices_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest

SHOWN = 8


def notices_to_confirm(actor: Actor) -> list[ConsentNotice]:
    """Return the notices nobody of the organisation has confirmed, the last first. One query."""
    waiting = consent_notices_visible_to(actor).filter(confirmed_on__isnull=True)
    return list(waiting.select_related("service")[:SHOWN])


@allows(Right.ANSWER_REFERRALS)
@require_POST
def confirm(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record that the organisation no longer uses what it was told."""
    notice = get_object_or_404(consent_notices_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        confirm_notices(request.actor, [notice])
        messages.success(request, _("C’est noté. Merci."))
    return redirect("partners:home")
