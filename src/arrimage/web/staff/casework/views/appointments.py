"""An agent's day, what became of each appointment, and booking one."""

from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.casework.actions import assign_files
from arrimage.casework.agenda import appointments_of_day, has_met, household_files, meetings
from arrimage.casework.models import File
from arrimage.casework.queries import appointments_open_to
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.foundation.writing import write_date, write_time
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.scheduling.actions import NewAppointment, book_appointments, set_appointment_status
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.queries import Slot, free_slots
from arrimage.territory.models import ServicePoint
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms import BookForm, WhenForm
from arrimage.web.staff.casework.reading import address_of, file_for, page

SEARCHED_DAYS = 21
SHOWN_SLOTS = 24
FOLLOW_UP_MINUTES = 30
WITHOUT_OUTCOME = 25


@allows(Right.ACCOMPANY)
@require_safe
def appointments(request: ActingRequest) -> HttpResponse:
    """Show a day (`?jour=2026-11-27`): one's own, or the team's for a team lead; past ones without an outcome above."""
    actor = request.actor
    day = _as_day(request.GET.get("jour", ""))
    untold = waiting(actor, Reason.OUTCOME_MISSING).order_by("-starts_at")[:WITHOUT_OUTCOME]
    context = {
        "title": _("Rendez-vous"),
        "lead": write_date(day, "EEEE d MMMM y"),
        "day": day,
        "is_today": day == clock.today(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "meetings": meetings(actor, appointments_of_day(actor, day)),
        "untold": meetings(actor, untold),
    }
    return render(request, "staff/casework/appointments.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def appointment(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one appointment; say whether it was kept, missed or cancelled (`status`)."""
    actor = request.actor
    found = get_object_or_404(appointments_open_to(actor), uid=uid)
    meeting = meetings(actor, appointments_open_to(actor).filter(pk=found.pk))[0]
    for guest, file in meeting.guests:
        read(request, file or guest, kind=ObjectKind.APPOINTMENT, uid=found.uid)
    if request.method == "POST":
        status = request.POST.get("status", "")
        with refusals_shown(request):
            if status not in AppointmentStatus.values:
                raise Conflict(_("Dites ce que le rendez-vous est devenu."))
            set_appointment_status(actor, [found], AppointmentStatus(status))
            messages.success(request, _said(AppointmentStatus(status)))
        file = meeting.first_file
        return redirect(address_of(file)) if file else redirect("staff:appointments")
    context = {
        "title": _("%(kind)s du %(date)s") % {"kind": found.get_kind_display(), "date": write_date(found.starts_at)},
        "lead": f"{write_time(found.starts_at)} – {write_time(found.ends_at)}",
        "trail": [(_("Rendez-vous"), _day_address(timezone.localtime(found.starts_at).date()))],
        "meeting": meeting,
    }
    return render(request, "staff/casework/appointment.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def book(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a free time: the file's own agent first, at the file's point of service, from the day asked for."""
    file = file_for(request, uid, ObjectKind.APPOINTMENT)
    is_first = not has_met(file)
    when = WhenForm(request.GET or None, file=file, initial={"service_point": file.service_point_id})
    asked = when.cleaned_data if when.is_valid() else {}
    point = asked.get("service_point") or file.service_point
    agent = None if asked.get("any_agent") else file.agent
    slots = _slots(point, agent, asked.get("first") or clock.today(), is_first=is_first)
    around = household_files(file)
    form = BookForm(
        request.POST or None,
        slots=slots,
        files=around,
        initial={
            "interpreter_language": _interpreter(file),
            "persons": [str(each.uid) for each in (around if is_first else around[:1])],
        },
    )
    if form.is_valid():
        with refusals_shown(request, form):
            slot, guests = form.chosen(), form.guests()
            _book(request, slot, guests, form.cleaned_data, is_first=is_first)
            messages.success(
                request,
                _("Le rendez-vous est fixé : %(date)s à %(time)s, avec %(agent)s.")
                % {
                    "date": write_date(slot.starts_at, "EEEE d MMMM"),
                    "time": write_time(slot.starts_at),
                    "agent": slot.agent.name,
                },
            )
            return redirect(address_of(file))
    title = _("Fixer le premier rendez-vous") if is_first else _("Fixer un rendez-vous de suivi")
    context = page(file, title, form=form, when=when, point=point, slots=slots, agent=agent)
    return render(request, "staff/casework/book.html", context)


def _book(request: ActingRequest, slot: Slot, guests: list[File], given: dict[str, str], *, is_first: bool) -> None:
    """Book the time; the agent who receives answers for the files that have nobody yet."""
    item = NewAppointment(
        service_point=slot.service_point,
        agent=slot.agent,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        persons=[guest.person for guest in guests],
        kind=AppointmentKind.FIRST if is_first else AppointmentKind.FOLLOW_UP,
        interpreter_language=given["interpreter_language"],
        note=given["note"].strip(),
    )
    book_appointments(request.actor, [item])
    without_agent = [guest for guest in guests if guest.agent_id is None]
    if without_agent:
        assign_files(request.actor, without_agent, slot.agent)


def _slots(point: ServicePoint, agent: User | None, first: date, *, is_first: bool) -> list[Slot]:
    minutes = None if is_first else FOLLOW_UP_MINUTES
    free = free_slots(point, first, first + timedelta(days=SEARCHED_DAYS), minutes=minutes)
    return list(islice((slot for slot in free if agent is None or slot.agent == agent), SHOWN_SLOTS))


def _interpreter(file: File) -> str:
    language = file.person.preferred_language
    return "" if language == "fr" else language


def _said(status: AppointmentStatus) -> str:
    return {
        AppointmentStatus.KEPT: _("Le rendez-vous a eu lieu."),
        AppointmentStatus.NO_SHOW: _("L’absence est notée. Proposez un autre rendez-vous."),
        AppointmentStatus.CANCELLED: _("Le rendez-vous est annulé."),
    }.get(status, _("C’est noté."))


def _as_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


def _day_address(day: date) -> str:
    return f"{reverse('staff:appointments')}?jour={day.isoformat()}"
