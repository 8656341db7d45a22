"""A person asks about their own information: a copy, a correction, a file to reuse; and sees where it stands."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.foundation.writing import write_long_date
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import What
from arrimage.privacy.registers.actions import ask, withdraw_requests
from arrimage.privacy.registers.enums import ANSWERS, LIVE_REQUESTS, RequestKind, RequestStatus
from arrimage.privacy.registers.models import PersonRequest
from arrimage.privacy.registers.queries import copy_content, copy_of, requests_visible_to
from arrimage.privacy.registers.rules import recourse_until
from arrimage.web.access import allows, refusals_shown
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.journal import read
from arrimage.web.menu import address
from arrimage.web.request_words import clock_tone, clock_words, due_words
from arrimage.web.requests import ActingRequest
from arrimage.web.states import Tone

KINDS = [
    (RequestKind.ACCESS.value, _("Recevoir une copie de mes renseignements")),
    (RequestKind.RECTIFICATION.value, _("Faire corriger un renseignement")),
    (RequestKind.PORTABILITY.value, _("Recevoir mes renseignements dans un fichier réutilisable ailleurs")),
]


class AskForm(ShellForm):
    """One short form; what is to be corrected is asked only of a correction."""

    kind = forms.ChoiceField(label=_("Que voulez-vous ?"), choices=KINDS, widget=forms.RadioSelect)
    field = forms.CharField(
        label=_("Quel renseignement ?"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : ma date de naissance."),
    )
    current = forms.CharField(label=_("Ce qui est écrit"), max_length=500, required=False)
    wanted = forms.CharField(label=_("Ce qui devrait être écrit"), max_length=500, required=False)
    details = forms.CharField(
        label=_("Autre chose à nous dire ?"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    fieldsets = (
        Fieldset("", ("kind",)),
        Fieldset(_("Pour une correction"), ("field", "current", "wanted")),
        Fieldset("", ("details",)),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == RequestKind.RECTIFICATION:
            if not said.get("field"):
                self.add_error("field", gettext("Dites quel renseignement corriger."))
            if not said.get("wanted"):
                self.add_error("wanted", gettext("Dites ce qui devrait être écrit."))
        return said


def kind_words(request: PersonRequest) -> str:
    """Return what was asked, as the person chose it."""
    return str(dict(KINDS)[request.kind])


def state_words(request: PersonRequest) -> tuple[str, Tone]:
    """Return where a request stands, in a sentence to whoever made it, and how it looks."""
    match RequestStatus(request.status):
        case RequestStatus.RECEIVED:
            return gettext("Nous avons reçu votre demande. Nous vérifions que c’est bien vous."), Tone.INFO
        case RequestStatus.VERIFIED | RequestStatus.IN_PROGRESS:
            return gettext("Nous préparons la réponse."), Tone.INFO
        case RequestStatus.GRANTED:
            return gettext("Votre demande est acceptée."), Tone.OK
        case RequestStatus.PARTLY_GRANTED:
            return gettext("Votre demande est acceptée en partie."), Tone.WARN
        case RequestStatus.REFUSED:
            return gettext("Votre demande est refusée."), Tone.WARN
        case _:
            return gettext("Vous avez retiré cette demande."), Tone.NEUTRAL


def _shown(request: PersonRequest) -> dict[str, Any]:
    state, tone = state_words(request)
    return {
        "asked": request,
        "kind": kind_words(request),
        "state": state,
        "tone": tone,
        "is_live": request.status in LIVE_REQUESTS,
        "clock": clock_words(request),
        "clock_tone": clock_tone(request),
        "due": due_words(request),
    }


@allows(Right.SEE_OWN_FILE)
@require_safe
def requests(request: ActingRequest) -> HttpResponse:
    """Show what the person may ask, and where each of their requests stands."""
    rows = requests_visible_to(request.actor).order_by("-received_on", "-pk")
    context = {
        "title": gettext("Mes demandes"),
        "lead": gettext("Vos renseignements vous appartiennent : vous pouvez les voir, les corriger, les emporter."),
        "requests": [_shown(row) for row in rows],
        "consents_url": address("newcomers:consents"),
    }
    return render(request, "newcomers/requests.html", context)


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Ask, in one short form."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_shown(request, form):
            found = ask(request.actor, RequestKind(said.pop("kind")), **said)
            messages.success(
                request,
                gettext("Votre demande est reçue. Vous aurez une réponse au plus tard le %(date)s.")
                % {"date": write_long_date(found.due_on)},
            )
            return redirect("newcomers:request", found.uid)
    context = {
        "title": gettext("Faire une demande"),
        "form": form,
        "trail": [(gettext("Mes demandes"), reverse("newcomers:requests"))],
    }
    return render(request, "newcomers/request_new.html", context)


def _own(request: ActingRequest, uid: UUID) -> PersonRequest:
    return get_object_or_404(requests_visible_to(request.actor), uid=uid)


@allows(Right.SEE_OWN_FILE)
@require_safe
def request_page(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one request: its state, its deadline, its answer, the recourse."""
    found = _own(request, uid)
    copy = copy_of(request.actor, found)
    answered = found.status in ANSWERS
    context = {
        **_shown(found),
        "title": kind_words(found),
        "lead": found.number,
        "trail": [(gettext("Mes demandes"), reverse("newcomers:requests"))],
        "is_answered": answered,
        "copy": copy,
        "copy_available": copy is not None and copy.available_until >= clock.today(),
        "recourse_until": recourse_until(found.answered_on) if found.answered_on else None,
    }
    return render(request, "newcomers/request.html", context)


@allows(Right.SEE_OWN_FILE)
@require_safe
def download(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give the person their copy, while it is kept."""
    found = _own(request, uid)
    data = copy_content(request.actor, found)
    if data is None:
        raise Http404
    read(request, get_object_or_404(Person, pk=found.person_id), What.EXPORTED, uid=found.uid)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.zip"'
    return response


@allows(Right.SEE_OWN_FILE)
@require_POST
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take back a request."""
    found = _own(request, uid)
    with refusals_shown(request):
        withdraw_requests(request.actor, [found])
        messages.success(request, gettext("Votre demande est retirée."))
    return redirect("newcomers:request", uid)
