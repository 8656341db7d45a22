"""The work on one incident: its facts, its assessment, its notices, the persons it concerns, its end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.changes import Change
from arrimage.privacy.registers.actions import (
    Assessment,
    Closing,
    NewNotice,
    assess_incidents,
    close_incidents,
    edit_incidents,
    give_notices,
    link_person,
    unlink_person,
)
from arrimage.privacy.registers.enums import NoticeTo, NoticeWay
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.registers.forms.incidents import AssessForm, CloseForm, IncidentForm, NoticeForm
from arrimage.web.staff.privacy.registers.reading import (
    find_page,
    incident_for,
    kinds_in_words,
    occurred_in_words,
    person_for,
    trail,
)
from arrimage.web.staff.records import form_page


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Keep the facts up to date."""
    found = incident_for(request.actor, uid)
    address = reverse("staff:incident", args=[uid])
    form = IncidentForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        with refusals_shown(request, form):
            edit_incidents(request.actor, [Change(found, form.values(), version=form.cleaned_data["version"])])
            messages.success(request, _("L’incident est à jour."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Compléter l’incident"),
        submit=_("Enregistrer"),
        cancel_url=address,
        trail=trail("incident", found),
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Conclude on the risk of serious injury."""
    found = incident_for(request.actor, uid)
    address = reverse("staff:incident", args=[uid])
    before = {
        "sensitivity": found.sensitivity,
        "consequences": found.consequences,
        "likelihood": found.likelihood,
        "conclusion": found.conclusion,
    }
    form = AssessForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        with refusals_shown(request, form):
            [assessed] = assess_incidents(request.actor, [Assessment(incident=found, **form.cleaned_data)])
            if assessed.serious_risk:
                messages.success(request, _("L’évaluation est faite. Donnez les avis avec diligence."))
            else:
                messages.success(request, _("L’évaluation est faite. Aucun avis n’est obligatoire."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Évaluer le risque"),
        submit=_("Conclure"),
        cancel_url=address,
        trail=trail("incident", found),
        facts=[
            (_("Ce qui s’est passé"), found.description),
            (_("Survenu"), occurred_in_words(found)),
            (_("Renseignements"), kinds_in_words(found.information_kinds)),
        ],
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def notify(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Enter a notice that was given."""
    found = incident_for(request.actor, uid)
    address = reverse("staff:incident", args=[uid])
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {
            **form.cleaned_data,
            "to": NoticeTo(form.cleaned_data["to"]),
            "way": NoticeWay(form.cleaned_data["way"]),
        }
        with refusals_shown(request, form):
            give_notices(request.actor, [NewNotice(incident=found, **said)])
            messages.success(request, _("L’avis est inscrit."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Inscrire un avis"),
        submit=_("Inscrire l’avis"),
        cancel_url=address,
        trail=trail("incident", found),
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End the work; the incident stays in the register."""
    found = incident_for(request.actor, uid)
    address = reverse("staff:incident", args=[uid])
    form = CloseForm(request.POST if request.method == "POST" else None, initial={"measures": found.measures})
    if form.is_valid():
        with refusals_shown(request, form):
            close_incidents(request.actor, [Closing(incident=found, **form.cleaned_data)])
            messages.success(request, _("L’incident est fermé ; il reste au registre."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Fermer l’incident"),
        submit=_("Fermer l’incident"),
        cancel_url=address,
        trail=trail("incident", found),
    )


@allows(Right.MANAGE_PRIVACY)
@require_safe
def persons(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Find the persons an incident concerns."""
    found = incident_for(request.actor, uid)
    return find_page(
        request,
        request.actor,
        choose=_("Ajouter"),
        base=reverse("staff:incident_persons", args=[uid]),
        suffix="ajouter/",
        post=True,
        title=_("Personnes concernées"),
        lead=found.number,
        trail=trail("incident", found),
        linked=[
            (person, reverse("staff:incident_person_remove", args=[uid, person.uid])) for person in found.persons.all()
        ],
    )


@allows(Right.MANAGE_PRIVACY)
@require_POST
def add_person(request: ActingRequest, uid: UUID, person: UUID) -> HttpResponse:
    found = incident_for(request.actor, uid)
    with refusals_shown(request):
        link_person(request.actor, found, person_for(request.actor, person))
        messages.success(request, _("La personne est ajoutée."))
    return redirect("staff:incident_persons", uid)


@allows(Right.MANAGE_PRIVACY)
@require_POST
def remove_person(request: ActingRequest, uid: UUID, person: UUID) -> HttpResponse:
    found = incident_for(request.actor, uid)
    with refusals_shown(request):
        unlink_person(request.actor, found, person_for(request.actor, person))
        messages.success(request, _("La personne est retirée de l’incident."))
    return redirect("staff:incident_persons", uid)
