"""A person's own times: chosen, moved, given back; what is kept for her answered; her place on the waiting list."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.agenda import has_met
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.foundation.writing import write_date, write_time
from arrimage.privacy.journal.enums import Basis
from arrimage.scheduling.actions import (
    CHANGED,
    NewAppointment,
    NewWaiting,
    accept_offer,
    book_appointment,
    cancel_appointment,
    has_one_to_come,
    move_appointment,
    refuse_offer,
    wait_for_a_time,
)
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus, CancelReason
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import Slot, appointments_visible_to
from arrimage.scheduling.waiting_queries import waiting_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.newcomers.shown import shown_appointment
from arrimage.web.requests import ActingRequest
from arrimage.web.times import FOLLOW_UP_MINUTES, MoveForm, SlotForm, changed_since, is_what_was_asked, next_slots


@allows(Right.SEE_OWN_FILE)
@require_safe
def appointments(request: ActingRequest) -> HttpResponse:
    """Show what is kept for the person to answer, the appointments to come, then the past ones."""
    rows = _mine(request).order_by("starts_at", "pk")
    shown = [shown_appointment(row) for row in rows]
    file = _file(request)
    context = {
        "title": _("Mes rendez-vous"),
        "offers": [one for one in shown if one.is_offered],
        "coming": [one for one in shown if one.is_coming],
        "past": [one for one in reversed(shown) if not (one.is_coming or one.is_offered)],
        "can_book": file is not None and not has_one_to_come(file.person),
        "waits": waiting_visible_to(request.actor).first(),
    }
    return render(request, "newcomers/appointments.html", context)


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: ActingRequest) -> HttpResponse:
    """Choose a free time of one's own agent, at one's own point of service."""
    file = _file(request)
    if file is None or has_one_to_come(file.person):
        return redirect("newcomers:appointments")
    is_first = not has_met(file)

    def free() -> list[Slot]:
        return next_slots(file.service_point, file.agent, clock.today(), None if is_first else FOLLOW_UP_MINUTES)

    form = SlotForm(request.POST if request.method == "POST" else None, slots=free())
    if form.is_valid():
        with refusals_shown(request, form):
            slot = form.chosen()
            found = book_appointment(
                request.actor,
                NewAppointment(
                    service_point=slot.service_point,
                    agent=slot.agent,
                    starts_at=slot.starts_at,
                    ends_at=slot.ends_at,
                    persons=[file.person],
                    kind=_kind(is_first),
                    interpreter_language=_interpreter(file),
                    uid=form.cleaned_data["key"] or new_uid(),
                ),
            )
            messages.success(request, _booked_words(found))
            return redirect("newcomers:appointments")
    if form.is_outdated:
        form.propose(free())
    return _choosing(request, _("Choisir une heure"), form, can_wait=True)


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose another time with the same agent."""
    found = get_object_or_404(_mine(request), uid=uid)
    if found.status != AppointmentStatus.BOOKED or changed_since(request, found):
        if found.status == AppointmentStatus.BOOKED and is_what_was_asked(request, found):
            messages.success(request, _booked_words(found))
        else:
            messages.error(request, CHANGED)
        return redirect("newcomers:appointments")
    minutes = int((found.ends_at - found.starts_at).total_seconds() // 60)

    def free() -> list[Slot]:
        return next_slots(found.service_point, found.agent, clock.today(), minutes)

    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, slots=free(), initial={"version": found.version})
    if form.is_valid():
        with refusals_shown(request, form):
            moved = move_appointment(request.actor, found, form.chosen(), version=form.cleaned_data["version"])
            messages.success(request, _booked_words(moved))
            return redirect("newcomers:appointments")
    if form.is_outdated:
        form.propose(free())
    now = _("Maintenant : %(date)s, %(time)s") % _when(found)
    return _choosing(request, _("Déplacer mon rendez-vous"), form, now=now)


@allows(Right.SEE_OWN_FILE)
@require_POST
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give one's time back."""
    found = get_object_or_404(_mine(request), uid=uid)
    version = request.POST.get("version", "")
    with refusals_shown(request):
        seen = int(version) if version.isdecimal() else found.version
        cancel_appointment(request.actor, found, CancelReason.PERSON, version=seen)
        messages.success(request, _("Votre rendez-vous est annulé. Vous pouvez choisir une autre heure."))
    return redirect("newcomers:appointments")


@allows(Right.SEE_OWN_FILE)
@require_POST
def answer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say yes (`answer=yes`) or no to the time that is kept for one."""
    found = get_object_or_404(_mine(request), uid=uid)
    with refusals_shown(request):
        if request.POST.get("answer") == "yes":
            messages.success(request, _booked_words(accept_offer(request.actor, found)))
        else:
            refuse_offer(request.actor, found)
            messages.success(request, _("C’est noté. Vous gardez votre place dans la liste d’attente."))
    return redirect("newcomers:appointments")


@allows(Right.SEE_OWN_FILE)
@require_POST
def wait(request: ActingRequest) -> HttpResponse:
    """Wait for a time that somebody gives back, at one's own point of service."""
    file = _file(request)
    if file is not None:
        is_first = not has_met(file)
        with refusals_shown(request):
            wait_for_a_time(
                request.actor,
                NewWaiting(
                    person=file.person,
                    service_points=[file.service_point],
                    kind=_kind(is_first),
                    language=_interpreter(file),
                    due_on=_due(file, is_first),
                ),
            )
            messages.success(request, _("Vous êtes sur la liste d’attente. Nous vous proposerons une heure."))
    return redirect("newcomers:appointments")


def _mine(request: ActingRequest) -> Any:
    return appointments_visible_to(request.actor).select_related("service_point", "agent", "room")


def _file(request: ActingRequest) -> File | None:
    """Return the person's active file, and write down that its person opened it."""
    files = files_visible_to(request.actor).filter(status=FileStatus.ACTIVE)
    file = files.select_related("person", "agent", "service_point").order_by("-opened_on", "-pk").first()
    if file is not None:
        read(request, file, basis=Basis.OWN_RECORD)
    return file


def _choosing(request: ActingRequest, title: str, form: SlotForm, **more: Any) -> HttpResponse:
    context = {
        "title": title,
        "trail": [(_("Mes rendez-vous"), reverse("newcomers:appointments"))],
        "form": form,
        "slots": form.slots,
        "now": "",
        "can_wait": False,
        **more,
    }
    return render(request, "newcomers/choose_time.html", context)


def _kind(is_first: bool) -> AppointmentKind:
    return AppointmentKind.FIRST if is_first else AppointmentKind.FOLLOW_UP


def _due(file: File, is_first: bool) -> date | None:
    return file.first_appointment_due if is_first else None


def _interpreter(file: File) -> str:
    language = file.person.preferred_language
    return "" if language == "fr" else language


def _booked_words(found: Appointment) -> str:
    return _("Votre rendez-vous est fixé : %(date)s, %(time)s.") % _when(found)


def _when(found: Appointment) -> dict[str, str]:
    return {"date": write_date(found.starts_at, "EEEE d MMMM"), "time": write_time(found.starts_at)}
