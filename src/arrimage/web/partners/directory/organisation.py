"""The organisation's own page: what the directory says of it, what is to be done, and the one confirmation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.directory.enums import Closure, ProposalStatus, Rhythm
from arrimage.directory.models import Organisation
from arrimage.directory.queries import organisations_visible_to, services_visible_to, with_parts
from arrimage.directory.upkeep.closures import live_closures
from arrimage.directory.upkeep.keeping import Kept, keep_organisation
from arrimage.directory.upkeep.proposals import proposals_visible_to
from arrimage.directory.upkeep.reckoning import scores_of
from arrimage.directory.upkeep.reviews import choose_rhythm, confirm, review_of
from arrimage.foundation.changes import Change
from arrimage.web.access import allows, refusals_shown
from arrimage.web.partners.directory.forms import OrganisationForm, RhythmForm
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.facts import organisation_facts
from arrimage.web.staff.records import form_page


@allows(Right.KEEP_OWN_ORGANISATION)
@require_safe
def page(request: ActingRequest) -> HttpResponse:
    """Show what the directory says of the organisation, each service with its quality, and what comes next."""
    own = own_organisation(request.actor)
    services = with_parts(services_visible_to(request.actor).with_locations()).select_related("organisation")
    found = list(services.exclude(closure=Closure.DEFINITIVE))
    scores = scores_of(found)
    closures = {closure.service_id: closure for closure in live_closures().filter(service__in=found)}
    review = review_of(own)
    context = {
        "title": own.name,
        "organisation": own,
        "facts_pairs": organisation_facts(own),
        "services": [(service, scores[service.pk], closures.get(service.pk)) for service in found],
        "review": review,
        "reminders": list(review.reminders.all()) if review else [],
        "proposals": proposals_visible_to(request.actor).filter(status=ProposalStatus.WAITING).count(),
    }
    return render(request, "partners/directory/organisation.html", context)


@allows(Right.KEEP_OWN_ORGANISATION)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest) -> HttpResponse:
    own = own_organisation(request.actor)
    form = OrganisationForm(request.POST or None, instance=own, region_id=own.region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            change = Change(own, form.values(), version=form.cleaned_data["version"])
            tell_kept(request, keep_organisation(request.actor, change))
            return redirect("partners:organisation")
    return form_page(
        request,
        form,
        title=_("Modifier notre page"),
        submit=_("Enregistrer"),
        cancel_url=reverse("partners:organisation"),
        trail=trail(),
    )


@allows(Right.KEEP_OWN_ORGANISATION)
@require_http_methods(["GET", "POST"])
def rhythm(request: ActingRequest) -> HttpResponse:
    """Choose how often the organisation confirms its page."""
    own = own_organisation(request.actor)
    review = review_of(own)
    form = RhythmForm(request.POST or None, initial={"months": review.months if review else Rhythm.HALF_YEAR})
    if form.is_valid():
        with refusals_shown(request, form):
            choose_rhythm(request.actor, own, form.cleaned_data["months"])
            messages.success(request, _("Le rythme est choisi. Un rappel part deux semaines avant chaque échéance."))
            return redirect("partners:organisation")
    return form_page(
        request,
        form,
        title=_("Choisir le rythme"),
        submit=_("Choisir ce rythme"),
        cancel_url=reverse("partners:organisation"),
        trail=trail(),
    )


@allows(Right.KEEP_OWN_ORGANISATION)
@require_POST
def confirm_all(request: ActingRequest) -> HttpResponse:
    with refusals_shown(request):
        confirm(request.actor, own_organisation(request.actor))
        messages.success(request, _("Merci : votre page est confirmée à jour."))
    return redirect("partners:organisation")


def own_organisation(actor: Actor) -> Organisation:
    """Return the actor's own organisation, or answer 404."""
    found = organisations_visible_to(actor).filter(pk=actor.scope_id or 0).select_related("region", "place").first()
    if found is None:
        raise Http404
    return found


def trail() -> list[tuple[str, str]]:
    return [(_("Notre page"), reverse("partners:organisation"))]


def tell_kept(request: ActingRequest, kept: Kept) -> None:
    """Say what became of what was typed: changed at once, proposed, or the same as before."""
    said: list[Any] = []
    if kept.changed:
        said.append(_("La fiche est à jour."))
    if kept.proposals:
        said.append(_("Ce qui est lu d’abord par la direction régionale est proposé : vous verrez sa réponse ici."))
    messages.success(request, " ".join(said or [_("Rien n’a changé.")]))
