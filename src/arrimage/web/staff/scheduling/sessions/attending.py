"""Who came to a session, meeting by meeting, and the attestations of who followed it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_time
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.scheduling.attendance import issue_attestations, note_presences
from arrimage.scheduling.attestation_document import attestation_pdf, number_of
from arrimage.scheduling.enums import SEATED, SessionStatus
from arrimage.scheduling.models import Meeting
from arrimage.scheduling.session_queries import attestations_visible_to, enrolments_visible_to, sessions_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read, read_persons
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.scheduling.sessions.around import session_read, trail_to
from arrimage.web.staff.scheduling.sessions.forms import SheetForm


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
        "trail": trail_to(found),
        "form": form,
        "meeting": meeting,
        "open": meeting.starts_at <= clock.now() and found.status != SessionStatus.CANCELLED,
    }
    return render(request, "staff/sessions/sheet.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def attest(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Issue the attestations of who completed."""
    found = session_read(request, uid)
    with refusals_shown(request):
        count = len(issue_attestations(request.actor, found))
        words = ngettext("%(n)s attestation est délivrée.", "%(n)s attestations sont délivrées.", count)
        messages.success(request, words % {"n": count})
    return redirect("staff:session", uid=uid)


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
