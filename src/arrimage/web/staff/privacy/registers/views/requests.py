"""Requests of persons: the list, one request, its receipt, its identity, its time."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.foundation.writing import write_number
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Basis, What
from arrimage.privacy.registers.actions import (
    Extension,
    Proof,
    acknowledge_requests,
    extend_requests,
    record_requests,
    take_up_requests,
    verify_identities,
    withdraw_requests,
)
from arrimage.privacy.registers.enums import (
    ANSWERS,
    LIVE_REQUESTS,
    IdentityProof,
    ReceivedBy,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.models import PersonRequest
from arrimage.privacy.registers.queries import copy_of, requests_visible_to
from arrimage.privacy.registers.rules import may_extend
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.request_words import clock_tone, clock_words, due_words
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.registers.filters import RequestFilter
from arrimage.web.staff.privacy.registers.forms.requests import ExtendForm, ReceivedForm, VerifyForm, WithdrawForm
from arrimage.web.staff.privacy.registers.reading import find_page, journal, moments_of, person_for, request_for, trail
from arrimage.web.staff.privacy.registers.tables import RequestTable
from arrimage.web.staff.records import form_page

_ANSWERED_LAST = Case(When(status__in=sorted(status.value for status in LIVE_REQUESTS), then=0), default=1)


@allows(Right.MANAGE_PRIVACY)
@require_safe
def requests(request: ActingRequest) -> HttpResponseBase:
    """List the requests, the nearest deadline first."""
    add_one = (_("Inscrire une demande"), reverse("staff:request_find"))
    return render_list(
        request,
        RequestTable,
        requests_visible_to(request.actor).order_by(_ANSWERED_LAST, "due_on"),
        RequestFilter,
        title=_("Demandes des personnes"),
        sentence=lambda n: ngettext("%(n)s demande", "%(n)s demandes", n) % {"n": write_number(n)},
        empty=Empty(_("Personne n’a encore demandé ses renseignements."), *add_one),
        export_name="demandes-des-personnes",
        template="staff/privacy/registers/list.html",
        context={"primary": add_one, "print_url": ""},
        exported=lambda rows: _exported(request, rows),
    )


def _exported(request: ActingRequest, rows: QuerySet[PersonRequest]) -> None:
    for row in rows.select_related("person"):
        journal(request, row, What.EXPORTED)


@allows(Right.MANAGE_PRIVACY)
@require_safe
def find(request: ActingRequest) -> HttpResponse:
    """Find who asks, before writing the request down."""
    return find_page(
        request,
        request.actor,
        choose=_("Inscrire sa demande"),
        base=reverse("staff:request_find"),
        title=_("Inscrire une demande"),
        lead=_("Qui demande ?"),
        trail=trail("request"),
        elsewhere=(_("Cette personne n’est pas dans nos dossiers"), reverse("staff:request_new_unknown")),
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Write down a request of a person we know."""
    person = person_for(request.actor, uid)
    read(request, person, basis=Basis.REQUEST)
    return _received(request, person)


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def add_unknown(request: ActingRequest) -> HttpResponse:
    """Write down a request of somebody about whom nothing is held, as far as one sees."""
    return _received(request, None)


def _received(request: ActingRequest, person: Person | None) -> HttpResponse:
    form = ReceivedForm(request.POST if request.method == "POST" else None, known=person is not None)
    if form.is_valid():
        with refusals_shown(request, form):
            [row] = record_requests(request.actor, [form.received(person=person)])
            messages.success(request, _("La demande %(number)s est inscrite.") % {"number": row.number})
            return redirect("staff:request", row.uid)
    return form_page(
        request,
        form,
        title=_("Inscrire une demande"),
        lead=person.full_name if person else _("Personne absente de nos dossiers"),
        submit=_("Inscrire la demande"),
        cancel_url=reverse("staff:requests"),
        trail=trail("request"),
    )


@allows(Right.MANAGE_PRIVACY)
@require_safe
def request_page(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a request, its time, and the one thing to do next."""
    found = request_for(request.actor, uid)
    journal(request, found)
    status = RequestStatus(found.status)
    live = status in LIVE_REQUESTS
    wants_copy = found.kind != RequestKind.RECTIFICATION
    copy = copy_of(request.actor, found)
    refused = status in (RequestStatus.REFUSED, RequestStatus.PARTLY_GRANTED)
    context = {
        "title": found.requester,
        "lead": f"{found.number} · {found.get_kind_display()}",
        "trail": trail("request"),
        "asked": found,
        "is_live": live,
        "is_received": status == RequestStatus.RECEIVED,
        "is_verified": status == RequestStatus.VERIFIED,
        "in_progress": status == RequestStatus.IN_PROGRESS,
        "is_answered": status in ANSWERS,
        "may_extend": live and may_extend(found.received_on, clock.today(), extended=found.extended_on is not None),
        "clock_words": clock_words(found),
        "clock_tone": clock_tone(found),
        "due_words": due_words(found),
        "wants_copy": wants_copy,
        "may_produce": wants_copy and status == RequestStatus.IN_PROGRESS and found.person is not None,
        "copy": copy,
        "copy_available": copy is not None and copy.available_until >= clock.today(),
        "statement": getattr(found, "statement", None),
        "may_state": refused and not wants_copy and found.person is not None,
        "moments": moments_of(found.events.all(), RequestStatus),
    }
    return render(request, "staff/privacy/registers/request.html", context)


@allows(Right.MANAGE_PRIVACY)
@require_POST
def acknowledge(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note that the letter left."""
    found = request_for(request.actor, uid)
    with refusals_shown(request):
        acknowledge_requests(request.actor, [found])
        messages.success(request, _("L’accusé de réception est noté."))
    return redirect("staff:request", uid)


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note how the identity was established."""
    found = request_for(request.actor, uid)
    data = request.POST if request.method == "POST" else None
    form = VerifyForm(data, by_portal=found.received_by == ReceivedBy.PORTAL)
    if form.is_valid():
        proof = Proof(found, IdentityProof(form.cleaned_data["proof"]), form.cleaned_data["on"])
        with refusals_shown(request, form):
            verify_identities(request.actor, [proof])
            messages.success(request, _("L’identité est vérifiée."))
            return redirect("staff:request", uid)
    return _form(request, found, form, title=_("Vérifier l’identité"), submit=_("Confirmer l’identité"))


@allows(Right.MANAGE_PRIVACY)
@require_POST
def take_up(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Begin the work."""
    found = request_for(request.actor, uid)
    with refusals_shown(request):
        take_up_requests(request.actor, [found])
        messages.success(request, _("La demande est en traitement."))
    return redirect("staff:request", uid)


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give ten days more, by a notice to the person."""
    found = request_for(request.actor, uid)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            extend_requests(request.actor, [Extension(found, **form.cleaned_data)])
            messages.success(request, _("Le délai est prolongé de dix jours. Envoyez l’avis à la personne."))
            return redirect("staff:request", uid)
    return _form(
        request,
        found,
        form,
        title=_("Prolonger le délai"),
        submit=_("Prolonger de dix jours"),
        lead=_("Une seule fois, par un avis donné dans les vingt jours de la réception."),
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End a request its author takes back."""
    found = request_for(request.actor, uid)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            withdraw_requests(request.actor, [found], note=form.cleaned_data["note"])
            messages.success(request, _("La demande est retirée."))
            return redirect("staff:request", uid)
    return _form(request, found, form, title=_("Retirer la demande"), submit=_("Retirer la demande"))


def _form(
    request: ActingRequest,
    found: PersonRequest,
    form: VerifyForm | ExtendForm | WithdrawForm,
    *,
    title: str,
    submit: str,
    lead: str = "",
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        lead=lead or found.requester,
        cancel_url=reverse("staff:request", args=[found.uid]),
        trail=trail("request", found),
    )
