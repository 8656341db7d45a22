"""What the pages of a session share: the session read, the way to it, who gets a place given back."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.scheduling.models import Enrolment, GroupSession
from arrimage.scheduling.session_queries import sessions_visible_to
from arrimage.web.requests import ActingRequest


def session_read(request: ActingRequest, uid: UUID) -> GroupSession:
    found: GroupSession = get_object_or_404(
        sessions_visible_to(request.actor).select_related("programme", "service_point", "region"), uid=uid
    )
    return found


def trail_to(found: GroupSession | None = None) -> list[tuple[str, str]]:
    trail = [(_("Séances de groupe"), reverse("staff:sessions"))]
    if found is not None:
        trail.append((str(found.programme), reverse("staff:session", args=[found.uid])))
    return trail


def say_who_sits(request: ActingRequest, seated: list[Enrolment]) -> None:
    for each in seated:
        messages.info(
            request, _("La place va à %(name)s, qui attendait. Prévenez la personne.") % {"name": each.person}
        )
