"""One party: who they are, what is next, their first appointment, the sheet they leave with."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.rules import first_appointment_due
from arrimage.foundation import clock
from arrimage.foundation.writing import write_language
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.reception.actions import give_first_appointment
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.reception.queries import (
    arrivals_of_party,
    consents_held,
    files_of_party,
    files_to_book,
    first_appointment_of,
    parties_visible_to,
)
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_persons
from arrimage.web.reception.points import REMEMBERED, free_hours, offices_of, points_to_choose
from arrimage.web.reception.shown import (
    flight_groups,
    flight_words,
    languages_of,
    party_steps,
    party_title,
    person_lines,
)
from arrimage.web.requests import ActingRequest

WITHOUT_INTERPRETER = {"fr"}
SHEET_LANGUAGES = {"en", "es", "ar"}


def _trail(arrivals: list[Arrival]) -> list[tuple[str, str]]:
    trail = [(_("Arrivées"), reverse("reception:home"))]
    if arrivals:
        flight = arrivals[0].flight
        trail[0] = (_("Arrivées"), f"{reverse('reception:home')}?date={flight.lands_on:%Y-%m-%d}")
        trail.append((flight_words(flight), reverse("reception:flight", args=[flight.uid])))
    return trail


def _read(request: ActingRequest, party: Party, arrivals: list[Arrival], what: What | None = None) -> None:
    """Write in the read journal that the persons of a party were shown."""
    keys = [arrival.person_id for arrival in arrivals]
    read_persons(request, keys, what, kind=ObjectKind.PARTY, uid=party.uid, region_id=party.region_id)


def _is_coming(appointment: Appointment | None) -> bool:
    return (
        appointment is not None
        and appointment.status == AppointmentStatus.BOOKED
        and appointment.starts_at > clock.now()
    )


@allows(Right.RECEIVE_ARRIVALS)
@require_safe
def party(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a party and the one thing to do next."""
    found = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    arrivals = arrivals_of_party(found)
    _read(request, found, arrivals)
    files = files_of_party(found)
    to_book = files_to_book(found) if files else []
    appointment = first_appointment_of(found) if files else None
    to_consent = bool(files) and appointment is None and not consents_held(found)
    waiting = [a for a in arrivals if a.outcome == ArrivalOutcome.MET and a.person_id is None]
    points = points_to_choose(found.region_id, _due(waiting), request.session.get(REMEMBERED)) if waiting else []
    people = person_lines(arrivals, files)
    groups = flight_groups(people)
    context = {
        "title": party_title(found, arrivals),
        "lead": " · ".join(filter(None, [found.reference, languages_of(arrivals), found.destination])),
        "party": found,
        "groups": groups,
        "is_split": len(groups) > 1,
        "steps": party_steps(arrivals, len(to_book), appointment, to_consent=to_consent),
        "waiting": waiting,
        "points": points,
        "to_book": to_book,
        "to_consent": to_consent,
        "due": min((file.first_appointment_due for file in to_book if file.first_appointment_due), default=None),
        "appointment": appointment,
        "appointment_is_coming": _is_coming(appointment),
        "has_files": bool(files),
        "trail": _trail(arrivals),
    }
    return render(request, "reception/party.html", context)


def _due(arrivals: list[Arrival]) -> date:
    met = [timezone.localtime(arrival.met_at).date() for arrival in arrivals if arrival.met_at]
    return first_appointment_due(min(met, default=clock.today()))


@allows(Right.RECEIVE_ARRIVALS)
@require_http_methods(["GET", "HEAD", "POST"])
def first_appointment(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Propose the free times of a point that keep the deadline, and book the one chosen."""
    found = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    if request.method == "POST":
        return _book(request, found)
    files = files_to_book(found)
    if not files:
        return redirect("reception:party", uid)
    offices = list(offices_of(found.region_id, clock.today()))
    wanted = request.GET.get("point", "")
    point = next((office for office in offices if str(office.uid) == wanted), None)
    point = point or next((office for office in offices if office.pk == files[0].service_point_id), None)
    point = point or next(iter(offices), None)
    due = min((file.first_appointment_due for file in files if file.first_appointment_due), default=clock.today())
    days, in_time = free_hours(point, due) if point else ([], True)
    arrivals = arrivals_of_party(found)
    _read(request, found, arrivals)
    language = arrivals[0].language
    context = {
        "title": _("Premier rendez-vous"),
        "lead": party_title(found, arrivals),
        "party": found,
        "files": files,
        "offices": offices,
        "point": point,
        "days": days,
        "in_time": in_time,
        "due": due,
        "language": language,
        "language_name": write_language(language),
        "needs_interpreter": language not in WITHOUT_INTERPRETER,
        "trail": [*_trail(arrivals), (party_title(found, arrivals), reverse("reception:party", args=[uid]))],
    }
    return render(request, "reception/first_appointment.html", context)


def _book(request: ActingRequest, found: Party) -> HttpResponse:
    wanted = request.POST.get("service_point", "")
    offices = offices_of(found.region_id, clock.today())
    point = next((office for office in offices if str(office.uid) == wanted), None)
    starts_at = _instant(request.POST.get("starts_at", ""))
    if point is None or starts_at is None:
        return redirect("reception:first_appointment", found.uid)
    interpreter = request.POST.get("interpreter", "")
    if not interpreter.isalpha() or len(interpreter) > 3:
        interpreter = ""
    page = f"{reverse('reception:first_appointment', args=[found.uid])}?point={point.uid}"
    with refusals_shown(request):
        give_first_appointment(request.actor, found, point, starts_at, interpreter_language=interpreter)
        request.session[REMEMBERED] = str(point.uid)
        page = reverse("reception:handout", args=[found.uid])
    return redirect(page)


def _instant(written: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return None
    return instant if timezone.is_aware(instant) else None


@allows(Right.RECEIVE_ARRIVALS)
@require_safe
def handout(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the sheet a family leaves with: file numbers, first appointment; in French and in their language."""
    found = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    files = files_of_party(found)
    if not files:
        return redirect("reception:party", uid)
    arrivals = arrivals_of_party(found)
    _read(request, found, arrivals, What.PRINTED)
    appointment = first_appointment_of(found)
    language = arrivals[0].language
    context = {
        "title": party_title(found, arrivals),
        "lead": _("Les dossiers sont ouverts. Remettez cette feuille."),
        "party": found,
        "files": files,
        "appointment": appointment,
        "to_book": files_to_book(found),
        "interpreter": write_language(appointment.interpreter_language)
        if appointment and appointment.interpreter_language
        else "",
        "sheet_languages": ["fr", *([language] if language in SHEET_LANGUAGES else [])],
        "trail": _trail(arrivals),
    }
    return render(request, "reception/handout.html", context)
