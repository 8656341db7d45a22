"""Adding, changing, withdrawing what says when a point of service receives."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.scheduling.arranging import arrange, arranged_by, points_arranged_by, withdraw
from arrimage.scheduling.models import Closure, Room, SlotTemplate, Timetable
from arrimage.territory.models import ServicePoint
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.hours.forms import (
    ArrangeForm,
    ClosureForm,
    RoomForm,
    SlotTemplateForm,
    TimetableForm,
)


@dataclass(frozen=True)
class Kind:
    """One of the things written: its model, its form, and what the pages say."""

    model: type[Any]
    form: type[ArrangeForm]
    add: str | Promise
    edit: str | Promise
    saved: str | Promise
    withdrawn: str | Promise


KINDS = {
    "horaire": Kind(
        Timetable,
        TimetableForm,
        gettext_lazy("Écrire un horaire"),
        gettext_lazy("Modifier l’horaire"),
        gettext_lazy("L’horaire est enregistré."),
        gettext_lazy("L’horaire est retiré. On le retrouve sous « Retirés »."),
    ),
    "fermeture": Kind(
        Closure,
        ClosureForm,
        gettext_lazy("Noter une fermeture"),
        gettext_lazy("Modifier la fermeture"),
        gettext_lazy("La fermeture est enregistrée."),
        gettext_lazy("La fermeture est retirée. On la retrouve sous « Retirés »."),
    ),
    "plage": Kind(
        SlotTemplate,
        SlotTemplateForm,
        gettext_lazy("Ajouter une plage de rendez-vous"),
        gettext_lazy("Modifier la plage de rendez-vous"),
        gettext_lazy("La plage est enregistrée."),
        gettext_lazy("La plage est retirée. On la retrouve sous « Retirés »."),
    ),
    "salle": Kind(
        Room,
        RoomForm,
        gettext_lazy("Ajouter une salle"),
        gettext_lazy("Modifier la salle"),
        gettext_lazy("La salle est enregistrée."),
        gettext_lazy("La salle n’est plus en usage. On la retrouve sous « Retirés »."),
    ),
}


@allows(Right.MANAGE_SCHEDULES)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID, kind: str) -> HttpResponse:
    """Add something to a point of service (`uid`)."""
    found = _kind(kind)
    point = get_object_or_404(points_arranged_by(request.actor), uid=uid)
    return _edited(request, found, found.model(service_point=point), found.add)


@allows(Right.MANAGE_SCHEDULES)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, kind: str, uid: UUID) -> HttpResponse:
    found = _kind(kind)
    return _edited(request, found, _record(request, found, uid), found.edit)


@allows(Right.MANAGE_SCHEDULES)
@require_POST
def take_out(request: ActingRequest, kind: str, uid: UUID) -> HttpResponse:
    """Let something count no more."""
    found = _kind(kind)
    record = _record(request, found, uid)
    with refusals_shown(request):
        withdraw(request.actor, record)
        messages.success(request, str(found.withdrawn))
    return redirect(address_of(record.service_point))


@allows(Right.MANAGE_SCHEDULES)
@require_POST
def put_back(request: ActingRequest, kind: str, uid: UUID) -> HttpResponse:
    found = _kind(kind)
    record = _record(request, found, uid)
    with refusals_shown(request):
        withdraw(request.actor, record, back=True)
        messages.success(request, str(found.saved))
    return redirect(address_of(record.service_point))


def address_of(point: ServicePoint) -> str:
    """Return the address of the hours of a point."""
    return f"{reverse('staff:hours')}?point={point.uid}"


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _record(request: ActingRequest, kind: Kind, uid: UUID) -> Any:
    return get_object_or_404(arranged_by(request.actor, kind.model), uid=uid)


def _edited(request: ActingRequest, kind: Kind, record: Any, title: str | Promise) -> HttpResponse:
    point = record.service_point
    form = kind.form(request.POST or None, record=record)
    if form.is_valid():
        with refusals_shown(request, form):
            arrange(request.actor, form.filled(), version=form.cleaned_data["version"] if record.pk else None)
            messages.success(request, str(kind.saved))
            return redirect(address_of(point))
    context = {
        "title": str(title),
        "lead": point.name,
        "trail": [(_("Horaires"), address_of(point))],
        "form": form,
        "cancel_url": address_of(point),
    }
    return render(request, "staff/shared/form.html", context)
