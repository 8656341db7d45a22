"""A lead writes what an hour of an interpreter costs, and corrects it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.scheduling.interpreter_queries import interpreters_visible_to
from arrimage.scheduling.interpreter_rates import add_rate, edit_rate
from arrimage.scheduling.models import Interpreter, InterpreterRate
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.records import form_page
from arrimage.web.staff.scheduling.interpreter_forms import RateForm


@allows(Right.MANAGE_SCHEDULES)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Write a new rate of an interpreter."""
    found = get_object_or_404(interpreters_visible_to(request.actor), uid=uid)
    form = RateForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            add_rate(request.actor, found, form.rate())
            return _done(request, found)
    return _page(request, form, found, _("Inscrire un tarif"))


@allows(Right.MANAGE_SCHEDULES)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Correct a rate: what bookings of its days cost follows."""
    rates = InterpreterRate.objects.filter(interpreter__in=interpreters_visible_to(request.actor))
    rate = get_object_or_404(rates.select_related("interpreter"), uid=uid)
    initial = {name: getattr(rate, name) for name in ("hourly", "first_on", "last_on", "version")}
    form = RateForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_shown(request, form):
            edit_rate(request.actor, rate, form.rate(), version=form.cleaned_data["version"] or rate.version)
            return _done(request, rate.interpreter)
    return _page(request, form, rate.interpreter, _("Corriger un tarif"))


def _done(request: ActingRequest, found: Interpreter) -> HttpResponse:
    messages.success(request, _("Le tarif est enregistré."))
    return redirect("staff:interpreter", found.uid)


def _page(request: ActingRequest, form: RateForm, found: Interpreter, title: str) -> HttpResponse:
    address = reverse("staff:interpreter", args=[found.uid])
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer le tarif"),
        cancel_url=address,
        trail=[(_("Interprètes"), reverse("staff:interpreters")), (found.name, address)],
    )
