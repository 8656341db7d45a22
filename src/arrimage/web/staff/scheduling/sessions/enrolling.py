"""Places in sessions: given from a file, given back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.agenda import household_files
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.scheduling.enums import EnrolmentStatus
from arrimage.scheduling.group_sessions import cancel_enrolment, enrol
from arrimage.scheduling.models import Enrolment
from arrimage.scheduling.session_queries import enrolments_visible_to, places_left, sessions_visible_to, still_to_come
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.reading import file_for
from arrimage.web.staff.scheduling.sessions.around import say_who_sits
from arrimage.web.staff.scheduling.sessions.forms import EnrolForm


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def enrol_from_file(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Enrol a household's members in a session to come."""
    file = file_for(request, uid, ObjectKind.APPOINTMENT)
    coming = list(
        still_to_come(sessions_visible_to(request.actor)).select_related("programme", "service_point", "region")
    )
    around = household_files(file)
    form = EnrolForm(
        request.POST or None,
        sessions=coming,
        left=places_left(coming),
        files=around,
        initial={"persons": [str(file.uid)]},
    )
    if form.is_valid():
        with refusals_shown(request, form):
            asked = form.sessions[form.cleaned_data["session"]]
            persons = [form.guests[key].person for key in form.cleaned_data["persons"]]
            done = enrol(request.actor, asked, persons)
            waiting = sum(each.status == EnrolmentStatus.WAITING for each in done)
            messages.success(
                request,
                _("Inscription en liste d’attente : la première place libre ira au premier de la liste.")
                if waiting
                else _("L’inscription est confirmée."),
            )
            return redirect("staff:file", uid=uid)
    context = {
        "title": _("Inscrire à une séance de groupe"),
        "lead": str(file.person),
        "trail": [(_("Dossiers"), reverse("staff:files")), (str(file.person), reverse("staff:file", args=[uid]))],
        "form": form,
        "file": file,
        "coming": coming,
    }
    return render(request, "staff/sessions/enrol.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def give_back(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Cancel one person's enrolment; the first of the line is seated."""
    found: Enrolment = get_object_or_404(
        enrolments_visible_to(request.actor).select_related("session", "person"), uid=uid
    )
    read(request, found.person, kind=ObjectKind.PERSON, uid=found.session.uid)
    with refusals_shown(request):
        seated = cancel_enrolment(request.actor, found)
        messages.success(request, _("L’inscription de %(name)s est annulée.") % {"name": found.person})
        say_who_sits(request, seated)
    return redirect("staff:session", uid=found.session.uid)
