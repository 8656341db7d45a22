"""Giving a time from a person's file, moving it, taking it back, saying what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions import assign_files
from arrimage.casework.agenda import Meeting, has_met, household_files, meetings
from arrimage.casework.models import File
from arrimage.casework.queries import appointments_open_to
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.foundation.history import changes_of
from arrimage.foundation.models import new_uid
from arrimage.foundation.writing import write_date, write_time
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.scheduling.actions import (
    CHANGED,
    NewAppointment,
    accept_offer,
    book_appointment,
    cancel_appointment,
    move_appointment,
    refuse_offer,
    set_appointment_status,
)
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus, CancelReason, Mode
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import Slot
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.reading import address_of, file_for, page
from arrimage.web.staff.scheduling.booking_forms import BookForm, CancelForm, WhenForm
from arrimage.web.times import FOLLOW_UP_MINUTES, MoveForm, changed_since, is_what_was_asked, next_slots

TOLD = (AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def book(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a free time: the file's own agent first, at the file's point of service, from the day asked for."""
    file = file_for(request, uid, ObjectKind.APPOINTMENT)
    if request.method == "POST" and _already(request):
        return redirect(address_of(file))
    is_first = not has_met(file)
    when = WhenForm(request.GET, region_id=file.region_id, point=file.service_point)
    asked = when.cleaned_data if when.is_valid() else {}
    point = asked.get("service_point") or file.service_point
    agent = None if asked.get("any_agent") else file.agent
    around = household_files(file)

    def free() -> list[Slot]:
        first = asked.get("first") or clock.today()
        return next_slots(point, agent, first, None if is_first else FOLLOW_UP_MINUTES)

    initial = {
        "interpreter_language": _interpreter(file),
        "persons": [str(each.uid) for each in (around if is_first else around[:1])],
    }
    due = file.first_appointment_due if is_first else None
    form = BookForm(request.POST or None, slots=free(), files=around, point=point, due=due, initial=initial)
    if form.is_valid():
        with refusals_shown(request, form):
            found = _book(request, form, is_first=is_first)
            messages.success(request, _booked_words(found))
            return redirect(address_of(file))
    if form.is_outdated:
        form.propose(free())
    title = _("Fixer le premier rendez-vous") if is_first else _("Fixer un rendez-vous de suivi")
    context = page(file, title, form=form, when=when, point=point, slots=list(form.slots.values()), agent=agent)
    return render(request, "staff/casework/book.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def appointment(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one appointment; say whether it was kept or missed (`status`)."""
    found, meeting = _opened(request, uid)
    if request.method == "POST":
        status = request.POST.get("status", "")
        with refusals_shown(request):
            if status not in TOLD:
                raise Conflict(_("Dites ce que le rendez-vous est devenu."))
            set_appointment_status(request.actor, [found], AppointmentStatus(status))
            messages.success(request, _said(AppointmentStatus(status)))
        return _back(meeting)
    context = {
        **_head(found),
        "meeting": meeting,
        "cancel": CancelForm(initial={"version": found.version}),
        "is_past": found.starts_at <= clock.now(),
        "before": _times_before(found),
    }
    return render(request, "staff/casework/appointment.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def move(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose another time for an appointment; the record stays the same."""
    found, meeting = _opened(request, uid)
    if found.status != AppointmentStatus.BOOKED or changed_since(request, found):
        return _as_it_is_now(request, found)
    when = WhenForm(request.GET, region_id=found.region_id, point=found.service_point)
    asked = when.cleaned_data if when.is_valid() else {}
    point = asked.get("service_point") or found.service_point
    agent = None if asked.get("any_agent") else found.agent
    minutes = int((found.ends_at - found.starts_at).total_seconds() // 60)

    def free() -> list[Slot]:
        return next_slots(point, agent, asked.get("first") or clock.today(), minutes)

    form = MoveForm(request.POST or None, slots=free(), initial={"version": found.version})
    if form.is_valid():
        with refusals_shown(request, form):
            moved = move_appointment(request.actor, found, form.chosen(), version=form.cleaned_data["version"])
            messages.success(request, _moved_words(moved))
            if moved.interpreter_language:
                messages.info(request, _("Vérifiez si l’interprète est libre à la nouvelle heure."))
            return redirect("staff:appointment", found.uid)
    if form.is_outdated:
        form.propose(free())
    context = {
        **_head(found, (_title(found), reverse("staff:appointment", args=[found.uid]))),
        "title": _("Déplacer le rendez-vous"),
        "form": form,
        "when": when,
        "point": point,
        "agent": agent,
        "slots": list(form.slots.values()),
        "meeting": meeting,
        "back": reverse("staff:appointment", args=[found.uid]),
    }
    return render(request, "staff/casework/move.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a time back, for a reason; it goes to whoever waits."""
    found, _meeting = _opened(request, uid)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi le rendez-vous est annulé."))
        return redirect("staff:appointment", found.uid)
    with refusals_shown(request):
        reason = CancelReason(form.cleaned_data["reason"])
        cancel_appointment(request.actor, found, reason, version=form.cleaned_data["version"])
        messages.success(request, _("Le rendez-vous est annulé."))
    return redirect("staff:appointment", found.uid)


@allows(Right.ACCOMPANY)
@require_POST
def answer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say yes (`answer=yes`) or no, for the person, to the time that is kept for them."""
    found, _meeting = _opened(request, uid)
    with refusals_shown(request):
        if request.POST.get("answer") == "yes":
            messages.success(request, _booked_words(accept_offer(request.actor, found)))
        else:
            refuse_offer(request.actor, found)
            messages.success(request, _("L’heure est rendue. La personne garde sa place dans la liste d’attente."))
    return redirect("staff:appointment", found.uid)


def _opened(request: ActingRequest, uid: UUID) -> tuple[Appointment, Meeting]:
    found = get_object_or_404(
        appointments_open_to(request.actor).select_related("service_point", "agent", "room"), uid=uid
    )
    meeting = meetings(request.actor, appointments_open_to(request.actor).filter(pk=found.pk))[0]
    for guest, file in meeting.guests:
        read(request, file or guest, kind=ObjectKind.APPOINTMENT, uid=found.uid)
    return found, meeting


def _as_it_is_now(request: ActingRequest, found: Appointment) -> HttpResponse:
    """Lead to an appointment that is no longer the one to move, and say so."""
    if found.status == AppointmentStatus.BOOKED and is_what_was_asked(request, found):
        messages.success(request, _moved_words(found))
    else:
        messages.error(request, CHANGED)
    return redirect("staff:appointment", found.uid)


def _already(request: ActingRequest) -> bool:
    """Say whether this very request booked already: its answer was lost, or the button was pressed twice."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return False
    found = appointments_open_to(request.actor).select_related("agent").filter(uid=key).first()
    if found is not None:
        messages.success(request, _booked_words(found))
    return found is not None


def _book(request: ActingRequest, form: BookForm, *, is_first: bool) -> Appointment:
    """Book the time; the agent who receives answers for the files that have nobody yet."""
    given, slot, guests = form.cleaned_data, form.chosen(), form.guests()
    new = NewAppointment(
        service_point=slot.service_point,
        agent=slot.agent,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        persons=[guest.person for guest in guests],
        kind=AppointmentKind.FIRST if is_first else AppointmentKind.FOLLOW_UP,
        interpreter_language=given["interpreter_language"],
        note=given["note"].strip(),
        mode=given["mode"] or Mode.ON_SITE,
        room=form.chosen_room(),
        call_address=given["call_address"],
        language=given["language"],
        needs_step_free=given["needs_step_free"],
        accommodation=given["accommodation"].strip(),
        uid=given["key"] or new_uid(),
    )
    found = book_appointment(request.actor, new)
    without_agent = [guest for guest in guests if guest.agent_id is None]
    if without_agent:
        assign_files(request.actor, without_agent, slot.agent)
    return found


def _interpreter(file: File) -> str:
    language = file.person.preferred_language
    return "" if language == "fr" else language


def _title(found: Appointment) -> str:
    return _("%(kind)s du %(date)s") % {"kind": found.get_kind_display(), "date": write_date(found.starts_at)}


def _head(found: Appointment, *more: tuple[str, str]) -> dict[str, Any]:
    day = timezone.localtime(found.starts_at).date()
    return {
        "title": _title(found),
        "lead": f"{write_time(found.starts_at)} – {write_time(found.ends_at)}",
        "trail": [(_("Rendez-vous"), f"{reverse('staff:appointments')}?jour={day.isoformat()}"), *more],
    }


def _times_before(found: Appointment) -> list[dict[str, Any]]:
    """Return the times an appointment had before it was moved, the last first, and who moved it."""
    return [
        {"was": datetime.fromisoformat(change.changed["starts_at"][0]), "by": change.actor_name}
        for change in changes_of(found).filter(changed__has_key="starts_at")
        if change.changed
    ]


def _back(meeting: Meeting) -> HttpResponse:
    file = meeting.first_file
    return redirect(address_of(file)) if file else redirect("staff:appointments")


def _booked_words(found: Appointment) -> str:
    return _("Le rendez-vous est fixé : %(date)s à %(time)s, avec %(agent)s.") % _when(found)


def _moved_words(found: Appointment) -> str:
    return _("Le rendez-vous est déplacé : %(date)s à %(time)s, avec %(agent)s.") % _when(found)


def _when(found: Appointment) -> dict[str, str]:
    return {
        "date": write_date(found.starts_at, "EEEE d MMMM"),
        "time": write_time(found.starts_at),
        "agent": found.agent.name,
    }


def _said(status: AppointmentStatus) -> str:
    if status == AppointmentStatus.KEPT:
        return _("Le rendez-vous a eu lieu.")
    return _("L’absence est notée. Proposez un autre rendez-vous.")
