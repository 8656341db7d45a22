"""A file that is not one's own: the reason to give, and the end of the access."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.context import current
from arrimage.accounts.enums import Right
from arrimage.casework.actions.break_glass import break_glass, file_to_ask_for
from arrimage.casework.queries import files_visible_to
from arrimage.foundation.writing import write_time
from arrimage.privacy.journal.actions import end_break_glass
from arrimage.privacy.journal.queries import break_glass_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms_break_glass import BreakGlassForm


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest) -> HttpResponse:
    """Ask to open a file: of the region by its address (`dossier`), of any region by its whole number (`numero`).

    The page shows the number, not the person.
    """
    wanted = _wanted(request)
    asked = file_to_ask_for(request.actor, **wanted)
    if asked is None:
        theirs = files_visible_to(request.actor).filter(**wanted).first()
        if theirs is None:
            raise Http404
        return redirect("staff:file", uid=theirs.uid)
    form = BreakGlassForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            context = current()
            access = break_glass(
                request.actor, **wanted, **form.cleaned_data, address=context.address if context else ""
            )
            messages.success(
                request, _("Le dossier vous est ouvert jusqu’à %(time)s.") % {"time": write_time(access.expires_at)}
            )
            return redirect("staff:file", uid=access.file_uid)
    page = {
        "title": _("Ouvrir un dossier avec un motif"),
        "lead": _("Dossier %(number)s") % {"number": asked.number},
        "form": form,
        "minutes": settings.BREAK_GLASS_MINUTES,
        "elsewhere": asked.region_id != request.actor.region_id,
        "trail": [(_("Recherche"), reverse("staff:search"))],
    }
    return render(request, "staff/casework/break_glass.html", page)


@allows(Right.ACCOMPANY)
@require_POST
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End one's own exceptional access."""
    access = get_object_or_404(break_glass_visible_to(request.actor), uid=uid, user=request.actor.user_id)
    end_break_glass(request.actor, access)
    messages.success(request, _("L’accès exceptionnel est terminé."))
    return redirect("staff:home")


def _wanted(request: ActingRequest) -> dict[str, Any]:
    number = request.GET.get("numero", "").replace("\x00", "").strip().upper()
    if number:
        return {"number": number[:24]}
    try:
        return {"uid": UUID(request.GET.get("dossier", ""))}
    except ValueError:
        raise Http404 from None
