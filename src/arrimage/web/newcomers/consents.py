"""What a person consented to, said to them: for what, to whom, until when; give, withdraw, refuse an organisation."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.enums import WITH_PARTNER
from arrimage.casework.queries import files_visible_to, referrals_visible_to
from arrimage.directory.models import Organisation
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to
from arrimage.privacy.consents import actions
from arrimage.privacy.consents.actions import NewConsent, NewRefusal
from arrimage.privacy.consents.enums import ASKED_FIRST, Purpose
from arrimage.privacy.consents.queries import consents_visible_to
from arrimage.privacy.journal.enums import Basis, ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.forms import ShellForm
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.consents.shown import consents_of, readings


class AgreeForm(ShellForm):
    agreed = forms.BooleanField(label=gettext_lazy("J’ai lu ce texte, je le comprends et j’y consens."))


def _person(request: ActingRequest) -> Person:
    person = get_object_or_404(persons_visible_to(request.actor), pk=request.actor.scope_id or 0)
    read(request, person, kind=ObjectKind.PERSON, basis=Basis.OWN_RECORD)
    return person


def _region_of(request: ActingRequest, person: Person) -> int:
    """Return the region that accompanies the person now, else the one that recorded them."""
    files = files_visible_to(request.actor).order_by("status", "-opened_on", "-pk")
    found = files.values_list("region_id", flat=True).first()
    return int(found or person.region_id)


def _organisations(request: ActingRequest) -> list[Organisation]:
    """Return the organisations that hold a referral of the person now, by name."""
    held = referrals_visible_to(request.actor).filter(status__in=WITH_PARTNER).order_by()
    return list(Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name", "pk"))


@allows(Right.SEE_OWN_FILE)
@require_safe
def consents(request: ActingRequest) -> HttpResponse:
    """Show what the person consented to, what they may still be asked, whom they refuse."""
    person = _person(request)
    given = consents_of(request.actor, person)
    refused = {each.organisation_id for each in given.refusals}
    context = {
        "title": _("Mes consentements"),
        "given": given,
        "organisations": [each for each in _organisations(request) if each.pk not in refused],
    }
    return render(request, "newcomers/consents.html", context)


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: ActingRequest, purpose: str) -> HttpResponse:
    """Let the person read one text and consent."""
    if purpose not in {each.value for each in ASKED_FIRST}:
        raise Http404
    person = _person(request)
    (reading,) = readings([Purpose(purpose)], get_language() or "fr", own_first=True)
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            item = NewConsent(person, _region_of(request, person), Purpose(purpose), text=reading.read)
            actions.give(request.actor, [item])
            messages.success(request, _("Votre consentement est noté. Vous pouvez le retirer quand vous voulez."))
            return redirect("newcomers:consents")
    context = {"title": _("Lire et répondre"), "reading": reading, "form": form, "trail": _trail()}
    return render(request, "newcomers/consent_give.html", context)


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say what follows, then take a consent back."""
    found = get_object_or_404(consents_visible_to(request.actor).select_related("recipient"), uid=uid)
    _person(request)
    if request.method == "POST":
        with refusals_shown(request):
            actions.withdraw(request.actor, [found])
            messages.success(request, _("Votre consentement est retiré. Votre agente ou agent en est avisé."))
        return redirect("newcomers:consents")
    context = {"title": _("Retirer mon consentement"), "consent": found, "trail": _trail()}
    return render(request, "newcomers/consent_withdraw.html", context)


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let the person say no to one organisation."""
    person = _person(request)
    organisation = next((each for each in _organisations(request) if each.uid == uid), None)
    if organisation is None:
        raise Http404
    if request.method == "POST":
        with refusals_shown(request):
            item = NewRefusal(person, _region_of(request, person), organisation)
            actions.refuse(request.actor, [item])
            messages.success(request, _("C’est noté : rien ne sera plus communiqué à cet organisme."))
        return redirect("newcomers:consents")
    context = {"title": _("Dire non à un organisme"), "organisation": organisation, "trail": _trail()}
    return render(request, "newcomers/consent_refuse.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(_("Mes consentements"), reverse("newcomers:consents"))]
