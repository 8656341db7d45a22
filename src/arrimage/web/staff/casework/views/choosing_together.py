"""Choosing services for all the open needs of a file on one page, then sending the referrals one confirms."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import send_referrals
from arrimage.casework.actions.referrals import NewReferral, shared_with_partner, sharing
from arrimage.casework.choosing import Offer, offers_of, rank_for_needs
from arrimage.casework.enums import OPEN_STEPS
from arrimage.casework.models import File, Need, Step
from arrimage.casework.queries import needs_visible_to
from arrimage.directory.choosing.ranking import Ranking
from arrimage.directory.models import Service
from arrimage.directory.queries import services_visible_to
from arrimage.foundation.errors import InvalidInput
from arrimage.privacy.consents.queries import covering
from arrimage.web.access import allows, refusals_shown
from arrimage.web.forms import ShellForm
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.choosing import shown_of_needs, wished
from arrimage.web.staff.casework.offers import (
    AT_LOCATION,
    add_offer_fields,
    explained,
    picked_in,
    shown_in,
    with_hours,
)
from arrimage.web.staff.casework.reading import address_of, file_for, page
from arrimage.web.staff.casework.shown import shared_pairs
from arrimage.web.staff.consents.shown import refusals_of

SHOWN = 5  # services by need
CHOICE = "choix"  # in the address: a need and a service, joined by a dot


@allows(Right.ACCOMPANY)
@require_safe
def choose_together(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the best services of each open need, those that answer several first."""
    file = file_for(request, uid)
    needs = _open_needs(request, file)
    asked = wished(request, file)
    rankings = rank_for_needs(request.actor, needs, asked.wishes)
    shown = shown_of_needs(request, [(need, rankings[need.pk]) for need in needs], SHOWN)
    context = page(
        file,
        _("Choisir des services"),
        asked=asked,
        several=_answering_several(needs, rankings),
        needs=[(need, shown[need.pk]) for need in needs],
        choice=CHOICE,
    )
    return render(request, "staff/casework/refer_together.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def send_together(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what each organisation will read; send the referrals that the agent confirms, one for each need.

    Those that wait for a consent are sent from their own page, where it is taken.
    """
    file = file_for(request, uid)
    chosen = _chosen(request, file)
    asked = wished(request, file)
    covered = covering({sharing(need, service) for need, service in chosen})
    refused = {each.organisation_id for each in refusals_of(request.actor, file)}
    offers = offers_of(request.actor, [pair for pair in chosen if sharing(*pair) in covered], asked.wishes)
    form = ConfirmForm(request.POST if request.method == "POST" else None, offers=offers)
    if form.is_valid():
        with refusals_shown(request, form):
            items = form.confirmed(_steps_of(file))
            if not items:
                raise InvalidInput(_("Cochez les orientations à envoyer."))
            sent = send_referrals(request.actor, items)
            messages.success(request, _sent(len(sent)))
            return redirect(f"{address_of(file)}#orientations")
    context = page(
        file,
        _("Confirmer les orientations"),
        (_("Choisir des services"), reverse("staff:refer_together", args=[file.uid])),
        asked=asked,
        form=form,
        ready=[_to_confirm(form, offer, f"_{rank}") for rank, offer in enumerate(offers)],
        waiting=[
            (need, service, service.organisation_id in refused)
            for need, service in chosen
            if sharing(need, service) not in covered
        ],
    )
    return render(request, "staff/casework/refer_confirm.html", context)


Pair = tuple[Need, Service]


@dataclass(frozen=True)
class ToConfirm:
    """A referral about to leave: what the organisation will read, why this service, and the fields the agent fills."""

    need: Need
    service: Service
    shared: Any
    explained: dict[str, Any]
    asked: list[forms.BoundField]


def _to_confirm(form: "ConfirmForm", offer: Offer, suffix: str) -> ToConfirm:
    names = [f"{name}{suffix}" for name in (AT_LOCATION, "message", "send", "shown")]
    shared = shared_pairs(shared_with_partner(offer.need))
    asked = [form[name] for name in names if name in form.fields]
    return ToConfirm(offer.need, offer.service, shared, explained(offer), asked)


class ConfirmForm(ShellForm):
    """For each of some offers, a box to tick, where, and a message."""

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        for at, offer in enumerate(offers):
            add_offer_fields(self, offer, suffix=f"_{at}")
            self.fields[f"send_{at}"] = forms.BooleanField(
                label=_("La personne est d’accord : envoyer cette orientation"), required=False
            )
            self.fields[f"message_{at}"] = forms.CharField(
                label=_("Message à l’organisme"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def confirmed(self, steps: Mapping[int, Step]) -> list[NewReferral]:
        """Return the referrals whose box is ticked, each carrying out the step of its need."""
        return [
            NewReferral(
                offer.need,
                offer.service,
                step=steps.get(offer.need.pk),
                message=self.cleaned_data[f"message_{at}"],
                at=picked_in(self, offer, f"_{at}"),
                choice=shown_in(self, offer, f"_{at}"),
            )
            for at, offer in enumerate(self.offers)
            if self.cleaned_data[f"send_{at}"]
        ]


def _open_needs(request: ActingRequest, file: File) -> list[Need]:
    needs = needs_visible_to(request.actor).filter(file=file, closed_on__isnull=True).select_related("theme")
    found = list(needs.order_by("priority", "pk"))
    for need in found:
        need.file = file  # read once, with the person
    return found


def _answering_several(needs: Sequence[Need], rankings: dict[int, Ranking]) -> list[tuple[Service, list[Need]]]:
    """Return the services that answer more than one need, those of most needs first, with these needs."""
    answered: dict[int, list[Need]] = defaultdict(list)
    services: dict[int, Service] = {}
    for need in needs:
        for choice in rankings[need.pk].choices:
            services[choice.service.pk] = choice.service
            answered[choice.service.pk].append(need)
    several = [(services[key], found) for key, found in answered.items() if len(found) > 1]
    return sorted(several, key=lambda one: (-len(one[1]), one[0].name, one[0].pk))


def _chosen(request: ActingRequest, file: File) -> list[Pair]:
    """Return the needs and services that the address names, once each; 404 where one is not the file's or not seen."""
    named = [each.partition(".")[::2] for each in dict.fromkeys(request.GET.getlist(CHOICE))]
    needs = {str(need.uid): need for need in _open_needs(request, file)}
    uids = [service for _need, service in named if _is_uid(service)]
    found = with_hours(services_visible_to(request.actor).filter(uid__in=uids, is_offered=True))
    found = found.select_related("organisation")
    services = {str(service.uid): service for service in found}
    try:
        return [(needs[need], services[service]) for need, service in named]
    except KeyError as error:
        raise Http404 from error


def _is_uid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _steps_of(file: File) -> dict[int, Step]:
    """Return, by need, the open step of the plan that carries it, the most urgent."""
    steps = Step.objects.filter(file=file, need__isnull=False, status__in=OPEN_STEPS).order_by("-due_on", "-pk")
    return {step.need_id: step for step in steps if step.need_id is not None}


def _sent(count: int) -> str:
    return ngettext("%(count)d orientation est envoyée.", "%(count)d orientations sont envoyées.", count) % {
        "count": count
    }
