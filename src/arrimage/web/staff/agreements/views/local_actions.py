"""Local actions: planned, carried out, put off or cancelled."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.agreements.actions import (
    CarriedOut,
    LocalActionChange,
    NewLocalAction,
    cancel_local_actions,
    carry_out_local_actions,
    edit_local_actions,
    plan_again_local_actions,
    plan_local_actions,
)
from arrimage.agreements.models import LocalAction
from arrimage.agreements.queries import local_actions_visible_to
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_number
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.agreements.filters import LocalActionFilter
from arrimage.web.staff.agreements.forms import CarryOutForm, LocalActionForm, PlanAgainForm
from arrimage.web.staff.agreements.reading import local_action_for, may_manage
from arrimage.web.staff.agreements.tables import LocalActionTable
from arrimage.web.staff.records import form_page, own_region


@allows(Right.SEE_AGREEMENTS)
@require_safe
def local_actions(request: ActingRequest) -> HttpResponseBase:
    manages = request.actor.may(Right.MANAGE_AGREEMENTS)
    add = (_("Prévoir une action"), reverse("staff:local_action_add")) if manages else None
    found = local_actions_visible_to(request.actor)
    return render_list(
        request,
        LocalActionTable,
        found.select_related("place", "agreement").prefetch_related("partners"),
        LocalActionFilter,
        title=_("Actions locales"),
        sentence=lambda count: (
            ngettext("%(count)s action locale", "%(count)s actions locales", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucune action locale n’est encore inscrite."), *(add or ())),
        export_name="actions-locales",
        template="staff/shared/list.html",
        context={
            "tabs": [],
            "primary": add,
            "import_url": reverse("staff:import", args=["local_actions"]) if manages else "",
        },
    )


@allows(Right.SEE_AGREEMENTS)
@require_safe
def local_action(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = local_action_for(request.actor, uid)
    partners = [
        (reverse("staff:organisation", args=[partner.uid]), partner.name)
        for partner in sorted(found.partners.all(), key=lambda one: one.name)
    ]
    agreement = found.agreement
    context = {
        "title": found.title,
        "trail": _trail(),
        "action": found,
        "is_past": found.happens_on <= clock.today(),
        "facts_pairs": [
            (_("Date"), write_date(found.happens_on)),
            (_("Lieu"), found.place.name if found.place else ""),
            (_("Partenaires"), format_html_join(", ", '<a href="{}">{}</a>', partners)),
            (
                _("Participation"),
                ngettext("%(count)s personne", "%(count)s personnes", found.participants)
                % {"count": write_number(found.participants)}
                if found.participants is not None
                else "",
            ),
            (
                _("Entente"),
                agreement
                and format_html(
                    '<a href="{}">{}</a>', reverse("staff:agreement", args=[agreement.uid]), str(agreement)
                ),
            ),
        ],
        "manages": may_manage(request.actor, found.region_id),
    }
    return render(request, "staff/agreements/local_action.html", context)


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    region_id = own_region(request.actor)
    form = LocalActionForm(request.POST or None, region_id=region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            new = LocalAction(region_id=region_id, **form.values())
            plan_local_actions(request.actor, [NewLocalAction(new, list(form.cleaned_data["partners"]))])
            messages.success(request, _("L’action est prévue."))
            return redirect("staff:local_action", uid=new.uid)
    return form_page(
        request,
        form,
        title=_("Prévoir une action locale"),
        submit=_("Prévoir l’action"),
        cancel_url=reverse("staff:local_actions"),
        trail=_trail(),
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = local_action_for(request.actor, uid)
    title, address = found.title, reverse("staff:local_action", args=[uid])
    form = LocalActionForm(request.POST or None, instance=found, region_id=found.region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            partners = list(form.cleaned_data["partners"])
            change = LocalActionChange(found, form.values(), version=form.cleaned_data["version"], partners=partners)
            edit_local_actions(request.actor, [change])
            messages.success(request, _("L’action est à jour."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Modifier l’action"),
        submit=_("Enregistrer"),
        cancel_url=address,
        trail=[*_trail(), (title, address)],
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def carry_out(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record that the action took place, with how many people."""
    found = local_action_for(request.actor, uid)
    form = CarryOutForm(request.POST or None)
    address = reverse("staff:local_action", args=[uid])
    if form.is_valid():
        with refusals_shown(request, form):
            carry_out_local_actions(request.actor, [CarriedOut(found, form.cleaned_data["participants"])])
            messages.success(request, _("L’action est réalisée."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("L’action a eu lieu"),
        submit=_("Inscrire l’action comme réalisée"),
        cancel_url=address,
        trail=[*_trail(), (found.title, address)],
        facts=[(_("Date"), write_date(found.happens_on))],
    )


@allows(Right.MANAGE_AGREEMENTS)
@require_POST
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = local_action_for(request.actor, uid)
    with refusals_shown(request):
        cancel_local_actions(request.actor, [found])
        messages.success(request, _("L’action est annulée."))
    return redirect("staff:local_action", uid=uid)


@allows(Right.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def plan_again(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a cancelled action another date."""
    found = local_action_for(request.actor, uid)
    form = PlanAgainForm(request.POST or None)
    address = reverse("staff:local_action", args=[uid])
    if form.is_valid():
        with refusals_shown(request, form):
            plan_again_local_actions(request.actor, [found], form.cleaned_data["happens_on"])
            messages.success(request, _("L’action est prévue de nouveau."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Reporter l’action"),
        submit=_("Reporter l’action"),
        cancel_url=address,
        trail=[*_trail(), (found.title, address)],
    )


def _trail() -> list[tuple[str, str]]:
    return [(_("Actions locales"), reverse("staff:local_actions"))]
