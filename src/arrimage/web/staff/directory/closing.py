"""Closing a service for a time and offering it again, from the pages of whoever keeps it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.directory.upkeep.closures import close_service, reopen_service
from arrimage.foundation import clock
from arrimage.web.access import allows, refusals_shown
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.part_pages import Desk
from arrimage.web.staff.directory.part_views import DESK
from arrimage.web.staff.records import form_page


class ClosureForm(ShellForm):
    starts_on = forms.DateField(label=gettext_lazy("Premier jour de fermeture"), initial=clock.today)
    ends_on = forms.DateField(label=gettext_lazy("Dernier jour de fermeture"))
    reason = forms.CharField(
        label=gettext_lazy("Raison"),
        max_length=300,
        help_text=gettext_lazy("Montrée à tout le monde : « Travaux », « Congé des fêtes »."),
    )
    advice = forms.CharField(
        label=gettext_lazy("Que faire entre-temps"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Montré à tout le monde : où s’adresser, qui appeler."),
    )

    fieldsets = (
        Fieldset(
            gettext_lazy("Quand"),
            ("starts_on", "ends_on"),
            help=gettext_lazy(
                "Aucune nouvelle orientation ne part pendant la fermeture. Celles déjà envoyées gardent leur échéance."
            ),
        ),
        Fieldset(gettext_lazy("Ce qui est dit"), ("reason", "advice")),
    )


def close_page(request: ActingRequest, desk: Desk, uid: UUID) -> HttpResponse:
    """Close a service for a time, now or later."""
    found = desk.find(request.actor, uid)
    form = ClosureForm(request.POST or None)
    address = reverse(desk.page, args=[uid])
    if form.is_valid():
        with refusals_shown(request, form):
            close_service(request.actor, found, **form.cleaned_data)
            messages.success(request, _("C’est noté. Le service revient par lui-même le lendemain du dernier jour."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Fermer temporairement"),
        submit=_("Fermer temporairement"),
        cancel_url=address,
        trail=desk.trail(found),
        lead=found.name,
    )


def offer_again(request: ActingRequest, desk: Desk, uid: UUID) -> HttpResponse:
    """Offer a service again before its day, or give up a closure that is planned."""
    with refusals_shown(request):
        reopen_service(request.actor, desk.find(request.actor, uid))
        messages.success(request, _("Le service est offert."))
    return redirect(desk.page, uid)


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    return close_page(request, DESK, uid)


@allows(Right.MANAGE_DIRECTORY)
@require_POST
def reopen(request: ActingRequest, uid: UUID) -> HttpResponse:
    return offer_again(request, DESK, uid)
