"""The answer to a request: the copy, the decision, the statement put on file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.privacy.journal.enums import What
from arrimage.privacy.registers.actions import NewStatement, answer_requests, produce_copy, record_statements
from arrimage.privacy.registers.enums import RequestKind
from arrimage.privacy.registers.models import PersonRequest
from arrimage.privacy.registers.queries import copy_content
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.registers.forms.requests import AnswerForm, StatementForm
from arrimage.web.staff.privacy.registers.reading import journal, request_for, trail
from arrimage.web.staff.records import form_page


def copy_response(data: bytes, found: PersonRequest) -> HttpResponse:
    """Answer with a copy, as a file."""
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.zip"'
    return response


@allows(Right.MANAGE_PRIVACY)
@require_POST
def produce(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Make the copy of all that is held about the person."""
    found = request_for(request.actor, uid)
    with refusals_shown(request):
        produce_copy(request.actor, found)
        messages.success(request, _("La copie est prête. Vérifiez-la avant de répondre."))
    return redirect("staff:request", uid)


@allows(Right.MANAGE_PRIVACY)
@require_safe
def download(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give the copy to the privacy officer, who checks or sends it."""
    found = request_for(request.actor, uid)
    data = copy_content(request.actor, found)
    if data is None:
        raise Http404
    journal(request, found, What.EXPORTED)
    return copy_response(data, found)


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Answer: granted, partly, or refused with its ground."""
    found = request_for(request.actor, uid)
    form = AnswerForm(request.POST if request.method == "POST" else None, request=found)
    if form.is_valid():
        with refusals_shown(request, form):
            answer_requests(request.actor, [form.answer(found)])
            messages.success(request, _("La réponse est donnée. La lettre est prête à envoyer."))
            return redirect("staff:request", uid)
    facts = [(_("Demande"), found.get_kind_display()), (_("Précisions"), found.details)]
    if found.kind == RequestKind.RECTIFICATION:
        facts += [
            (_("Renseignement à corriger"), found.field),
            (_("Ce qui est écrit"), found.current_value),
            (_("Ce qui devrait l’être"), found.wanted_value),
        ]
    return form_page(
        request,
        form,
        title=_("Répondre à la demande"),
        lead=found.requester,
        submit=_("Donner la réponse"),
        cancel_url=reverse("staff:request", args=[uid]),
        trail=trail("request", found),
        facts=facts,
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Put on file what the person declares after a refusal."""
    found = request_for(request.actor, uid)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            record_statements(request.actor, [NewStatement(found, **form.cleaned_data)])
            messages.success(request, _("La déclaration est versée au dossier."))
            return redirect("staff:request", uid)
    return form_page(
        request,
        form,
        title=_("Verser une déclaration au dossier"),
        lead=found.requester,
        submit=_("Verser au dossier"),
        cancel_url=reverse("staff:request", args=[uid]),
        trail=trail("request", found),
    )
