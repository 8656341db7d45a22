"""Group sessions as agents hold them: planned, shown, given places, cancelled, closed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_number, write_period
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.scheduling.attendance import close_session, hours_attended
from arrimage.scheduling.attestation_document import number_of
from arrimage.scheduling.enums import SEATED, EnrolmentStatus, Mode, SessionStatus
from arrimage.scheduling.group_sessions import Rebooked, cancel_session, change_places, plan_session
from arrimage.scheduling.models import Meeting
from arrimage.scheduling.session_queries import (
    enrolments_visible_to,
    sessions_visible_to,
    still_to_come,
    with_dates,
    with_people,
)
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_persons
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.sessions.around import say_who_sits, session_read, trail_to
from arrimage.web.staff.scheduling.sessions.forms import CancelForm, PlacesForm, PlanForm
from arrimage.web.staff.scheduling.sessions.tables import SessionFilter, SessionTable
from arrimage.web.staff.scheduling.tabs import tabs

_E, _S = EnrolmentStatus, SessionStatus


@allows(Right.ACCOMPANY)
@require_safe
def sessions(request: ActingRequest) -> HttpResponseBase:
    """List the region's sessions, the last to begin first."""
    rows = with_people(with_dates(sessions_visible_to(request.actor))).select_related("programme", "service_point")
    return render_list(
        request,
        SessionTable,
        rows,
        SessionFilter,
        title=_("Séances de groupe"),
        sentence=lambda n: ngettext("%(n)s séance", "%(n)s séances", n) % {"n": write_number(n)},
        empty=Empty(_("Aucune séance n’est encore prévue."), _("Prévoir une séance"), reverse("staff:session_plan")),
        export_name="seances",
        template="staff/shared/list.html",
        context={
            "tabs": tabs(request.actor, "staff:sessions"),
            "primary": (_("Prévoir une séance"), reverse("staff:session_plan")),
        },
    )


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def plan(request: ActingRequest) -> HttpResponse:
    """Plan a session over several days."""
    form = PlanForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with refusals_shown(request, form):
            data = form.cleaned_data
            made = plan_session(
                request.actor,
                data["programme"],
                data["service_point"],
                form.meetings(),
                places=data["places"],
                language=data["language"],
                mode=Mode(data["mode"]),
                note=data["note"],
            )
            messages.success(request, _("La séance est prévue. Inscrivez-y des personnes depuis leur dossier."))
            return redirect("staff:session", uid=made.uid)
    context = {"title": _("Prévoir une séance"), "trail": trail_to(), "form": form}
    return render(request, "staff/sessions/plan.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def session(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a session: its meetings, who has a place, who waits, what comes next."""
    found = session_read(request, uid)
    enrolments = list(
        enrolments_visible_to(request.actor)
        .filter(session=found)
        .exclude(status=_E.CANCELLED)
        .select_related("person", "attestation")
        .order_by("asked_at", "pk")
    )
    keys = [each.person_id for each in enrolments]
    if keys:
        read_persons(request, keys, kind=ObjectKind.PERSON, uid=found.uid, region_id=found.region_id)
    hours = hours_attended(found.enrolments.all())
    now = clock.now()
    meetings = list(found.meetings.select_related("agent", "room"))
    planned = found.status == _S.PLANNED
    context = {
        "title": str(found.programme),
        "lead": f"{found.service_point} · {_dates(meetings)}",
        "trail": trail_to(),
        "session": found,
        "meetings": [(each, each.starts_at <= now and found.status != _S.CANCELLED) for each in meetings],
        "seated": [(each, hours.get(each.pk)) for each in enrolments if each.status in SEATED],
        "waiting": [each for each in enrolments if each.status == _E.WAITING],
        "numbers": {each.pk: number_of(each.attestation) for each in enrolments if hasattr(each, "attestation")},
        "planned": planned,
        "can_close": planned and bool(meetings) and meetings[-1].ends_at <= now,
        "can_attest": any(each.status == _E.COMPLETED and not hasattr(each, "attestation") for each in enrolments),
    }
    return render(request, "staff/sessions/session.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def places(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a session more or fewer places."""
    found = session_read(request, uid)
    form = PlacesForm(request.POST or None, initial={"places": found.places})
    if form.is_valid():
        with refusals_shown(request, form):
            seated = change_places(request.actor, found, form.cleaned_data["places"])
            messages.success(request, _("Le nombre de places est changé."))
            say_who_sits(request, seated)
            return redirect("staff:session", uid=uid)
    context = {"title": _("Changer le nombre de places"), "trail": trail_to(found), "form": form, "session": found}
    return render(request, "staff/sessions/form.html", context | {"submit": _("Changer le nombre de places")})


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Cancel a session and move its people to another."""
    found = session_read(request, uid)
    others = still_to_come(sessions_visible_to(request.actor)).filter(programme=found.programme).exclude(pk=found.pk)
    form = CancelForm(request.POST or None, others=others.select_related("service_point", "programme"))
    if form.is_valid():
        with refusals_shown(request, form):
            done = cancel_session(request.actor, found, into=form.cleaned_data["into"])
            messages.success(request, _("La séance est annulée."))
            if said := _rebooked(done):
                messages.info(request, said)
            return redirect("staff:session", uid=(form.cleaned_data["into"] or found).uid)
    context = {"title": _("Annuler la séance"), "trail": trail_to(found), "form": form, "session": found}
    return render(request, "staff/sessions/form.html", context | {"submit": _("Annuler la séance"), "danger": True})


@allows(Right.ACCOMPANY)
@require_POST
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say a session was held."""
    found = session_read(request, uid)
    with refusals_shown(request):
        close_session(request.actor, found)
        messages.success(request, _("La séance est terminée : le résultat de chacun est noté."))
    return redirect("staff:session", uid=uid)


def _dates(meetings: list[Meeting]) -> str:
    if not meetings:
        return _("aucune rencontre")
    first, last = (timezone.localtime(each.starts_at).date() for each in (meetings[0], meetings[-1]))
    return write_period(first, last) if first != last else write_date(first)


def _rebooked(done: Rebooked) -> str:
    """Say what became of the people of a cancelled session."""
    parts = [
        (done.seated, _("Une autre place : %(names)s.")),
        (done.waiting, _("En attente d’une place : %(names)s.")),
        (done.left, _("À rappeler : %(names)s.")),
    ]
    return " ".join(words % {"names": ", ".join(map(str, people))} for people, words in parts if people)
