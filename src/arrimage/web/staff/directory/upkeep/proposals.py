"""Deciding on one proposal: old and new side by side, accepted or refused with a reason."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.models import Proposal
from arrimage.directory.upkeep.proposal_words import lines_of, title_of
from arrimage.directory.upkeep.proposals import accept, proposals_visible_to, refuse
from arrimage.directory.upkeep.targets import has_changed_since, target_of
from arrimage.web.access import allows, refusals_shown
from arrimage.web.forms import ShellForm
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.records import form_page


class AcceptForm(forms.Form):
    """The version of the record that was compared with what is proposed."""

    version = forms.IntegerField(required=False)


class RefuseForm(ShellForm):
    reason = forms.CharField(
        label=gettext_lazy("Raison"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("L’organisme la lira."),
    )


@allows(Right.MANAGE_DIRECTORY)
@require_safe
def proposal(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what an organisation proposes, beside what the record says."""
    found = _proposal(request.actor, uid)
    target = target_of(found)
    context = {
        "title": title_of(found),
        "lead": " · ".join(dict.fromkeys((str(found), found.organisation.name))),
        "trail": _trail(),
        "proposal": found,
        "lines": lines_of(found),
        "version": getattr(target, "version", ""),
        "has_moved": found.decided_on is None and has_changed_since(found, target),
    }
    return render(request, "staff/directory/proposal.html", context)


@allows(Right.MANAGE_DIRECTORY)
@require_POST
def accept_it(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = _proposal(request.actor, uid)
    form = AcceptForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    with refusals_shown(request):
        accept(request.actor, found, version=version or 0)
        messages.success(request, _("Ce qui était proposé paraît au répertoire."))
    return redirect("staff:proposal", uid)


@allows(Right.MANAGE_DIRECTORY)
@require_http_methods(["GET", "POST"])
def refuse_it(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = _proposal(request.actor, uid)
    form = RefuseForm(request.POST or None)
    address = reverse("staff:proposal", args=[uid])
    if form.is_valid():
        with refusals_shown(request, form):
            refuse(request.actor, found, reason=form.cleaned_data["reason"])
            messages.success(request, _("La proposition est refusée. L’organisme lira votre raison."))
            return redirect("staff:proposals")
    return form_page(
        request,
        form,
        title=_("Refuser la proposition"),
        submit=_("Refuser la proposition"),
        cancel_url=address,
        trail=[*_trail(), (title_of(found), address)],
        lead=str(found),
    )


def _proposal(actor: Actor, uid: UUID) -> Proposal:
    return get_object_or_404(proposals_visible_to(actor), uid=uid)


def _trail() -> list[tuple[str, str]]:
    return [(_("Répertoire"), reverse("staff:services")), (_("Propositions"), reverse("staff:proposals"))]
