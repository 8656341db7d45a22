"""Who waits for a time, in the order they are served; somebody put on the list or taken off it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.agenda import has_met
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.scheduling.actions import NewWaiting, take_off_the_list, wait_for_a_time
from arrimage.scheduling.enums import AppointmentKind
from arrimage.scheduling.models import WaitingEntry
from arrimage.scheduling.waiting_queries import waiting_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.reading import file_for, page
from arrimage.web.staff.scheduling.booking_forms import WaitForm
from arrimage.web.staff.scheduling.tabs import tabs

SHOWN = 100


@allows(Right.ACCOMPANY)
@require_safe
def waiting_list(request: ActingRequest) -> HttpResponse:
    """Show who waits, of the files one accompanies, the next to be served first."""
    rows = _seen(request).select_related("person", "offer__agent").prefetch_related("service_points")
    entries = list(rows[:SHOWN])
    files = files_visible_to(request.actor).filter(
        person__in=[entry.person_id for entry in entries], status=FileStatus.ACTIVE
    )
    by_person = {file.person_id: file for file in files}
    context = {
        "title": _("Liste d’attente"),
        "lead": _("La limite du premier rendez-vous la plus proche passe d’abord, puis la plus longue attente."),
        "tabs": tabs(request.actor, "staff:waiting_list"),
        "entries": [(entry, by_person.get(entry.person_id)) for entry in entries],
    }
    return render(request, "staff/scheduling/waiting_list.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def wait(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Put the person of a file on the list: the times given back that suit are kept for them in turn."""
    file = file_for(request, uid, ObjectKind.APPOINTMENT)
    is_first = not has_met(file)
    initial = {"service_points": [file.service_point.uid], "language": _interpreter(file)}
    form = WaitForm(request.POST or None, file=file, initial=initial)
    if form.is_valid():
        with refusals_shown(request, form):
            wait_for_a_time(
                request.actor,
                NewWaiting(
                    person=file.person,
                    kind=AppointmentKind.FIRST if is_first else AppointmentKind.FOLLOW_UP,
                    due_on=file.first_appointment_due if is_first else None,
                    **form.cleaned_data,
                ),
            )
            messages.success(request, _("La personne est sur la liste d’attente."))
            return redirect("staff:waiting_list")
    return render(request, "staff/scheduling/wait.html", page(file, _("Mettre sur la liste d’attente"), form=form))


@allows(Right.ACCOMPANY)
@require_POST
def take_off(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take somebody off the list."""
    entry = get_object_or_404(_seen(request), uid=uid)
    with refusals_shown(request):
        take_off_the_list(request.actor, entry)
        messages.success(request, _("La personne n’est plus sur la liste d’attente."))
    return redirect("staff:waiting_list")


def _seen(request: ActingRequest) -> "QuerySet[WaitingEntry]":
    persons = files_visible_to(request.actor).values("person")
    return waiting_visible_to(request.actor).filter(person__in=persons)


def _interpreter(file: File) -> str:
    language = file.person.preferred_language
    return "" if language == "fr" else language
