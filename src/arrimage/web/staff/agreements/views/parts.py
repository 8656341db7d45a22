"""The instalments and deliverables of an agreement."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.agreements.actions import (
    Release,
    plan_instalments,
    promise_deliverables,
    release_instalments,
    resume_instalments,
    withhold_instalments,
)
from arrimage.agreements.models import Deliverable, Instalment
from arrimage.agreements.queries import referrals_behind
from arrimage.foundation.writing import write_date, write_money, write_number, write_period
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.agreements.forms import DeliverableForm, InstalmentForm, ReleaseForm
from arrimage.web.staff.agreements.reading import agreement_for, deliverable_for, instalment_for, trail_to
from arrimage.web.staff.agreements.tables import BehindTable
from arrimage.web.staff.records import form_page


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def instalment_add(request: ActingRequest, uid: UUID) -> HttpResponse:
    agreement = agreement_for(request.actor, uid)
    form = InstalmentForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            plan_instalments(request.actor, [Instalment(agreement=agreement, **form.values())])
            messages.success(request, _("Le versement est prévu."))
            return redirect("staff:agreement", uid=uid)
    planned = sum(one.amount for one in agreement.instalments.all())
    return form_page(
        request,
        form,
        title=_("Prévoir un versement"),
        submit=_("Prévoir le versement"),
        cancel_url=reverse("staff:agreement", args=[uid]),
        trail=trail_to(agreement),
        facts=[
            (_("Montant engagé"), write_money(agreement.committed)),
            (_("Déjà prévu ou versé"), write_money(planned)),
            (_("Reste à prévoir"), write_money(agreement.committed - planned)),
        ],
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def instalment_release(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Confirm, then release an instalment."""
    instalment = instalment_for(request.actor, uid)
    agreement = instalment.agreement
    form = ReleaseForm(request.POST or None, instalment=instalment)
    if form.is_valid():
        with refusals_shown(request, form):
            release = Release(
                instalment,
                on=form.cleaned_data["released_on"],
                condition_met=form.cleaned_data.get("condition_met", False),
            )
            release_instalments(request.actor, [release])
            messages.success(
                request, _("Le versement de %(amount)s est autorisé.") % {"amount": write_money(instalment.amount)}
            )
            return redirect("staff:agreement", uid=agreement.uid)
    return form_page(
        request,
        form,
        title=_("Verser %(amount)s à %(organisation)s")
        % {"amount": write_money(instalment.amount), "organisation": agreement.organisation.name},
        lead=_("Ce versement sera inscrit à votre nom et ne pourra plus être repris."),
        submit=_("Autoriser le versement"),
        cancel_url=reverse("staff:agreement", args=[agreement.uid]),
        trail=trail_to(agreement),
        facts=[
            (_("Entente"), agreement.number),
            (_("Prévu le"), write_date(instalment.due_on)),
            (_("Condition"), instalment.condition or _("Aucune")),
        ],
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_POST
def instalment_withhold(request: ActingRequest, uid: UUID) -> HttpResponse:
    return _move(request, uid, withhold_instalments, _("Le versement est retenu."))


@allows(Right.MANAGE_AGREEMENTS)
@require_POST
def instalment_resume(request: ActingRequest, uid: UUID) -> HttpResponse:
    return _move(request, uid, resume_instalments, _("Le versement est prévu de nouveau."))


def _move(
    request: ActingRequest, uid: UUID, act: Callable[[Actor, Sequence[Instalment]], Any], done: str
) -> HttpResponse:
    instalment = instalment_for(request.actor, uid)
    with refusals_shown(request):
        act(request.actor, [instalment])
        messages.success(request, done)
    return redirect("staff:agreement", uid=instalment.agreement.uid)


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def deliverable_add(request: ActingRequest, uid: UUID) -> HttpResponse:
    agreement = agreement_for(request.actor, uid)
    form = DeliverableForm(request.POST or None, agreement=agreement)
    if form.is_valid():
        with refusals_shown(request, form):
            promise_deliverables(request.actor, [Deliverable(agreement=agreement, **form.values())])
            messages.success(request, _("Le livrable est inscrit."))
            return redirect("staff:agreement", uid=uid)
    return form_page(
        request,
        form,
        title=_("Ajouter un livrable"),
        submit=_("Ajouter le livrable"),
        cancel_url=reverse("staff:agreement", args=[uid]),
        trail=trail_to(agreement),
        facts=[
            (_("Organisme"), agreement.organisation.name),
            (_("Durée"), write_period(agreement.starts_on, agreement.ends_on)),
        ],
    )


@allows(Right.SEE_AGREEMENTS)
@require_safe
def deliverable(request: ActingRequest, uid: UUID) -> HttpResponseBase:
    """List what a deliverable counts: numbers of files, nobody's name."""
    found = deliverable_for(request.actor, uid)
    agreement = found.agreement

    def sentence(count: int) -> str:
        words = ngettext("%(count)s orientation comptée", "%(count)s orientations comptées", count)
        return words % {"count": write_number(count)} + ", " + write_period(agreement.starts_on, agreement.ends_on)

    with elevated():  # numbers of files, which this page does not open
        return render_list(
            request,
            BehindTable,
            referrals_behind(found),
            title=found.label,
            sentence=sentence,
            empty=Empty(_("Aucune orientation ne compte encore pour ce livrable.")),
            export_name="livrable",
            template="staff/agreements/deliverable.html",
            context={
                "trail": trail_to(agreement),
                "lead": f"{found.get_measure_display()} · {found.service.name}",
                "deliverable": found,
            },
        )
