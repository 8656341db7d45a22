"""The list of agreements, the page of one, and its life."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.agreements.actions import (
    Signature,
    annul_agreements,
    close_agreements,
    create_agreements,
    edit_agreements,
    sign_agreements,
)
from arrimage.agreements.models import Agreement
from arrimage.agreements.queries import agreements_visible_to, with_progress, with_released
from arrimage.foundation.changes import Change
from arrimage.foundation.writing import write_date, write_money, write_number, write_period
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.agreements.filters import AgreementFilter
from arrimage.web.staff.agreements.forms import AgreementForm, SignForm
from arrimage.web.staff.agreements.reading import (
    agreement_for,
    is_open,
    may_manage,
    next_instalment,
    progress_of,
    trail_to,
)
from arrimage.web.staff.agreements.tables import AgreementTable
from arrimage.web.staff.records import form_page, own_region


@allows(Right.SEE_AGREEMENTS)
@require_safe
def agreements(request: ActingRequest) -> HttpResponseBase:
    """List the agreements of the region."""
    manages = request.actor.may(Right.MANAGE_AGREEMENTS)
    add = (_("Préparer une entente"), reverse("staff:agreement_add")) if manages else None
    found = with_released(agreements_visible_to(request.actor))
    return render_list(
        request,
        AgreementTable,
        found.select_related("organisation", "stream__programme", "advisor"),
        AgreementFilter,
        title=_("Ententes"),
        sentence=lambda count: (
            ngettext("%(count)s entente", "%(count)s ententes", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucune entente n’est encore inscrite."), *(add or ())),
        export_name="ententes",
        template="staff/shared/list.html",
        context={
            "tabs": [],
            "primary": add,
            "import_url": reverse("staff:import", args=["agreements"]) if manages else "",
        },
    )


@allows(Right.SEE_AGREEMENTS)
@require_safe
def agreement(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show an agreement: what was promised, what was paid, what the records say."""
    found = agreement_for(request.actor, uid)
    instalments = list(found.instalments.select_related("released_by").order_by("sequence"))
    progress = progress_of(found, with_progress(found.deliverables.all()).select_related("service", "agreement"))
    manages = may_manage(request.actor, found.region_id)
    context = {
        "title": found.title,
        "lead": f"{found.number} · {found.organisation.name}",
        "trail": trail_to(found)[:1],
        "agreement": found,
        "facts_pairs": _facts(found),
        "instalments": instalments,
        "planned": sum(one.amount for one in instalments),
        "next": next_instalment(found, instalments) if manages else None,
        "progress": progress,
        "local_actions": list(found.local_actions.select_related("place").order_by("-happens_on", "pk")[:20]),
        "manages": manages,
        "is_open": is_open(found),
    }
    return render(request, "staff/agreements/agreement.html", context)


def _facts(agreement: Agreement) -> list[tuple[str, Any]]:
    partner = reverse("staff:organisation", args=[agreement.organisation.uid])
    return [
        (_("Organisme"), format_html('<a href="{}">{}</a>', partner, agreement.organisation.name)),
        (_("Programme"), agreement.stream.programme.name),
        (_("Volet"), agreement.stream.name),
        (_("Durée"), write_period(agreement.starts_on, agreement.ends_on)),
        (_("Signée le"), write_date(agreement.signed_on)),
        (_("Montant engagé"), write_money(agreement.committed)),
        (_("Déjà versé"), write_money(agreement.released)),  # type: ignore[attr-defined]
        (_("Contribution de l’organisme"), write_money(agreement.matched)),
        (_("Suivie par"), agreement.advisor.name if agreement.advisor else ""),
    ]


# --- Its life -------------------------------------------------------------------------------------------------------
@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Prepare an agreement."""
    region_id = own_region(request.actor)
    form = AgreementForm(request.POST or None, region_id=region_id, initial={"advisor": request.actor.user_id})
    if form.is_valid():
        with refusals_shown(request, form):
            new = Agreement(region_id=region_id, **form.values())
            create_agreements(request.actor, [new])
            messages.success(request, _("L’entente est en préparation."))
            return redirect("staff:agreement", uid=new.uid)
    return form_page(
        request,
        form,
        title=_("Préparer une entente"),
        submit=_("Enregistrer l’entente"),
        cancel_url=reverse("staff:agreements"),
        trail=[(_("Ententes"), reverse("staff:agreements"))],
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = agreement_for(request.actor, uid)
    trail = trail_to(found)
    form = AgreementForm(request.POST or None, instance=found, region_id=found.region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            edit_agreements(request.actor, [Change(found, form.values(), version=form.cleaned_data["version"])])
            messages.success(request, _("L’entente est à jour."))
            return redirect("staff:agreement", uid=uid)
    return form_page(
        request,
        form,
        title=_("Modifier l’entente"),
        submit=_("Enregistrer"),
        cancel_url=reverse("staff:agreement", args=[uid]),
        trail=trail,
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def sign(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record the signature: from then on money may be released."""
    found = agreement_for(request.actor, uid)
    form = SignForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            sign_agreements(request.actor, [Signature(found, on=form.cleaned_data["signed_on"])])
            messages.success(request, _("L’entente est signée."))
            return redirect("staff:agreement", uid=uid)
    return form_page(
        request,
        form,
        title=_("Inscrire la signature"),
        lead=_("Les versements deviennent possibles dès que l’entente est signée."),
        submit=_("Inscrire la signature"),
        cancel_url=reverse("staff:agreement", args=[uid]),
        trail=trail_to(found),
        facts=[(_("Montant engagé"), write_money(found.committed)), *_facts(found)[:4]],
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_POST
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = agreement_for(request.actor, uid)
    with refusals_shown(request):
        close_agreements(request.actor, [found])
        messages.success(request, _("L’entente est fermée."))
    return redirect("staff:agreement", uid=uid)


@allows(Right.MANAGE_AGREEMENTS)
@require_POST
def annul(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = agreement_for(request.actor, uid)
    with refusals_shown(request):
        annul_agreements(request.actor, [found])
        messages.success(request, _("L’entente est annulée."))
    return redirect("staff:agreement", uid=uid)
