"""Group sessions as agents hold them: planned, filled, attended day by day, attested."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.agenda import household_files
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_number, write_period, write_time
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.scheduling.attendance import close_session, hours_attended, issue_attestations, note_presences
from arrimage.scheduling.attestation_document import attestation_pdf, number_of
from arrimage.scheduling.enums import SEATED, EnrolmentStatus, Mode, SessionStatus
from arrimage.scheduling.group_sessions import (
    Rebooked,
    cancel_enrolment,
    cancel_session,
    change_places,
    enrol,
    plan_session,
)
from arrimage.scheduling.models import Enrolment, GroupSession, Meeting
from arrimage.scheduling.session_queries import (
    attestations_visible_to,
    enrolments_visible_to,
    places_left,
    sessions_visible_to,
    still_to_come,
    with_dates,
    with_people,
)
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read, read_persons
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.reading import file_for
from arrimage.web.staff.scheduling.sessions.forms import (
    CancelForm,
    EnrolForm,
    PlacesForm,
    PlanForm,
    SheetForm,
)
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
    context = {"title": _("Prévoir une séance"), "trail": _trail(), "form": form}
    return render(request, "staff/sessions/plan.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def session(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a session: its meetings, who has a place, who waits, what comes next."""
    found = _session(request, uid)
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
        "trail": _trail(),
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
    found = _session(request, uid)
    form = PlacesForm(request.POST or None, initial={"places": found.places})
    if form.is_valid():
        with refusals_shown(request, form):
            seated = change_places(request.actor, found, form.cleaned_data["places"])
            messages.success(request, _("Le nombre de places est changé."))
            _say_who_sits(request, seated)
            return redirect("staff:session", uid=uid)
    context = {"title": _("Changer le nombre de places"), "trail": _trail(found), "form": form, "session": found}
    return render(request, "staff/sessions/form.html", context | {"submit": _("Changer le nombre de places")})


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Cancel a session and move its people to another."""
    found = _session(request, uid)
    others = still_to_come(sessions_visible_to(request.actor)).filter(programme=found.programme).exclude(pk=found.pk)
    form = CancelForm(request.POST or None, others=others.select_related("service_point", "programme"))
    if form.is_valid():
        with refusals_shown(request, form):
            done = cancel_session(request.actor, found, into=form.cleaned_data["into"])
            messages.success(request, _("La séance est annulée."))
            if said := _rebooked(done):
                messages.info(request, said)
            return redirect("staff:session", uid=(form.cleaned_data["into"] or found).uid)
    context = {"title": _("Annuler la séance"), "trail": _trail(found), "form": form, "session": found}
    return render(request, "staff/sessions/form.html", context | {"submit": _("Annuler la séance"), "danger": True})


@allows(Right.ACCOMPANY)
@require_POST
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say a session was held."""
    found = _session(request, uid)
    with refusals_shown(request):
        close_session(request.actor, found)
        messages.success(request, _("La séance est terminée : le résultat de chacun est noté."))
    return redirect("staff:session", uid=uid)


@allows(Right.ACCOMPANY)
@require_POST
def attest(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Issue the attestations of who completed."""
    found = _session(request, uid)
    with refusals_shown(request):
        count = len(issue_attestations(request.actor, found))
        words = ngettext("%(n)s attestation est délivrée.", "%(n)s attestations sont délivrées.", count)
        messages.success(request, words % {"n": count})
    return redirect("staff:session", uid=uid)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def sheet(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note who came to one meeting; the page prints as a sheet to sign."""
    visible = sessions_visible_to(request.actor)
    meeting = get_object_or_404(
        Meeting.objects.select_related("session__programme", "session__service_point", "room", "agent"),
        uid=uid,
        session__in=visible,
    )
    found = meeting.session
    enrolments = list(
        enrolments_visible_to(request.actor)
        .filter(session=found, status__in=SEATED)
        .select_related("person")
        .order_by("person__search_key", "pk")
    )
    if enrolments:
        keys = [each.person_id for each in enrolments]
        read_persons(request, keys, kind=ObjectKind.PERSON, uid=found.uid, region_id=found.region_id)
    known = dict(meeting.presences.values_list("enrolment", "presence"))
    form = SheetForm(request.POST or None, enrolments=enrolments, known=known)
    if form.is_valid():
        with refusals_shown(request):
            note_presences(request.actor, meeting, form.presences())
            messages.success(request, _("Les présences sont notées."))
            return redirect("staff:session", uid=found.uid)
    context = {
        "title": _("Présences du %(date)s") % {"date": write_date(meeting.starts_at, "EEEE d MMMM")},
        "lead": f"{found.programme} · {write_time(meeting.starts_at)} – {write_time(meeting.ends_at)}",
        "trail": _trail(found),
        "form": form,
        "meeting": meeting,
        "open": meeting.starts_at <= clock.now() and found.status != _S.CANCELLED,
    }
    return render(request, "staff/sessions/sheet.html", context)


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
        _say_who_sits(request, seated)
    return redirect("staff:session", uid=found.session.uid)


@allows(Right.ACCOMPANY)
@require_safe
def attestation(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Return an attestation as a PDF, opened in the browser."""
    found = get_object_or_404(
        attestations_visible_to(request.actor).select_related(
            "enrolment__person", "enrolment__session__programme", "enrolment__session__service_point",
            "enrolment__session__region",
        ),
        uid=uid,
    )  # fmt: skip
    read(request, found.enrolment.person, What.PRINTED, kind=ObjectKind.PERSON, uid=found.enrolment.session.uid)
    response = HttpResponse(attestation_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="attestation-{number_of(found)}.pdf"'
    return response


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
            waiting = sum(each.status == _E.WAITING for each in done)
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


def _session(request: ActingRequest, uid: UUID) -> GroupSession:
    found: GroupSession = get_object_or_404(
        sessions_visible_to(request.actor).select_related("programme", "service_point", "region"), uid=uid
    )
    return found


def _trail(found: GroupSession | None = None) -> list[tuple[str, str]]:
    trail = [(_("Séances de groupe"), reverse("staff:sessions"))]
    if found is not None:
        trail.append((str(found.programme), reverse("staff:session", args=[found.uid])))
    return trail


def _dates(meetings: list[Meeting]) -> str:
    if not meetings:
        return _("aucune rencontre")
    first, last = (timezone.localtime(each.starts_at).date() for each in (meetings[0], meetings[-1]))
    return write_period(first, last) if first != last else write_date(first)


def _say_who_sits(request: ActingRequest, seated: list[Enrolment]) -> None:
    for each in seated:
        messages.info(
            request, _("La place va à %(name)s, qui attendait. Prévenez la personne.") % {"name": each.person}
        )


def _rebooked(done: Rebooked) -> str:
    """Say what became of the people of a cancelled session."""
    parts = [
        (done.seated, _("Une autre place : %(names)s.")),
        (done.waiting, _("En attente d’une place : %(names)s.")),
        (done.left, _("À rappeler : %(names)s.")),
    ]
    return " ".join(words % {"names": ", ".join(map(str, people))} for people, words in parts if people)
