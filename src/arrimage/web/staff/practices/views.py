"""The delays and the reasons for a refusal of a region, and their settings."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions.practices import (
    LONGEST_DELAY,
    ReasonWords,
    add_reasons,
    offer_reason,
    reword_reason,
    set_delays,
)
from arrimage.casework.models import DeclineReason, ReferralDelays
from arrimage.casework.queries import decline_reasons_of, delays_of
from arrimage.territory.models import Region
from arrimage.web.access import allows, refusals_shown
from arrimage.web.forms import ShellForm
from arrimage.web.requests import ActingRequest


class DelaysForm(ShellForm):
    reminder_days = forms.IntegerField(
        label=gettext_lazy("Rappel après (jours ouvrables)"), min_value=1, max_value=LONGEST_DELAY
    )
    expiry_days = forms.IntegerField(
        label=gettext_lazy("Fin du délai après (jours ouvrables)"),
        min_value=2,
        max_value=LONGEST_DELAY,
        help_text=gettext_lazy("Ensuite, le besoin revient à l’agente ou à l’agent, avec d’autres services."),
    )


class ReasonForm(ShellForm):
    label_fr = forms.CharField(label=gettext_lazy("Raison, en français"), max_length=100)
    label_en = forms.CharField(label=gettext_lazy("Raison, en anglais"), max_length=100)
    needs_words = forms.BooleanField(label=gettext_lazy("Demander des précisions"), required=False)

    def words(self) -> ReasonWords:
        return ReasonWords(**self.cleaned_data)


def _region(request: ActingRequest) -> Region:
    return get_object_or_404(Region, pk=request.actor.region_id)


def _delays(region: Region) -> ReferralDelays:
    return delays_of([region.pk])[region.pk]


def _own_reasons(region: Region) -> QuerySet[DeclineReason]:
    return decline_reasons_of(region.pk, offered=False).filter(region=region)


def _form_page(request: ActingRequest, title: str, form: ShellForm, submit: str) -> HttpResponse:
    back = reverse("staff:practices")
    context: dict[str, Any] = {"title": title, "form": form, "submit": submit, "back": back}
    return render(request, "staff/personnel/form.html", context | {"trail": [(_("Réglages des orientations"), back)]})


@allows(Right.SET_PRACTICES)
@require_safe
def practices(request: ActingRequest) -> HttpResponse:
    """Show how long organisations have, and the reasons they may give."""
    region = _region(request)
    context = {
        "title": _("Réglages des orientations"),
        "lead": region.name,
        "delays": _delays(region),
        "common": list(decline_reasons_of(region.pk).filter(region__isnull=True)),
        "own": list(_own_reasons(region)),
    }
    return render(request, "staff/practices/practices.html", context)


@allows(Right.SET_PRACTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def delays(request: ActingRequest) -> HttpResponse:
    """Set how long organisations have to answer what is sent from now on."""
    region = _region(request)
    now = _delays(region)
    form = DelaysForm(
        request.POST if request.method == "POST" else None,
        initial={"reminder_days": now.reminder_days, "expiry_days": now.expiry_days},
    )
    if form.is_valid():
        with refusals_shown(request, form):
            set_delays(request.actor, region, **form.cleaned_data)
            messages.success(request, _("Les délais valent pour les orientations envoyées à partir de maintenant."))
            return redirect("staff:practices")
    return _form_page(request, _("Délais de réponse"), form, _("Enregistrer les délais"))


@allows(Right.SET_PRACTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Add a reason of the region's own."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            add_reasons(request.actor, _region(request), [form.words()])
            messages.success(request, _("La raison est proposée aux organismes de la région."))
            return redirect("staff:practices")
    return _form_page(request, _("Ajouter une raison de refus"), form, _("Ajouter la raison"))


@allows(Right.SET_PRACTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say a reason of the region in other words."""
    reason = get_object_or_404(_own_reasons(_region(request)), uid=uid)
    initial = {"label_fr": reason.label_fr, "label_en": reason.label_en, "needs_words": reason.needs_words}
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals_shown(request, form):
            reword_reason(request.actor, reason, form.words())
            messages.success(request, _("La raison est changée. Les refus passés la nomment de même."))
            return redirect("staff:practices")
    return _form_page(request, _("Changer une raison de refus"), form, _("Enregistrer la raison"))


@allows(Right.SET_PRACTICES)
@require_POST
def offer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Offer a reason of the region no more, or again."""
    reason = get_object_or_404(_own_reasons(_region(request)), uid=uid)
    with refusals_shown(request):
        changed = offer_reason(request.actor, reason, offered=not reason.is_offered)
        done = _("La raison est de nouveau proposée.") if changed.is_offered else _("La raison n’est plus proposée.")
        messages.success(request, done)
    return redirect("staff:practices")
