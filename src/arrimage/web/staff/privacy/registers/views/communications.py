"""The register of communications without consent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.changes import Change
from arrimage.foundation.writing import write_date, write_number
from arrimage.privacy.registers.actions import (
    NewCommunication,
    add_concerned,
    edit_communications,
    record_communications,
    remove_concerned,
)
from arrimage.privacy.registers.enums import Register
from arrimage.privacy.registers.models import Communication
from arrimage.privacy.registers.queries import communications_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.registers.filters import CommunicationFilter
from arrimage.web.staff.privacy.registers.forms.communications import CommunicationForm
from arrimage.web.staff.privacy.registers.reading import (
    communication_for,
    find_page,
    journal_persons,
    kinds_in_words,
    person_for,
    trail,
)
from arrimage.web.staff.privacy.registers.tables import CommunicationExport, CommunicationTable
from arrimage.web.staff.records import form_page


@allows(Right.MANAGE_PRIVACY)
@require_safe
def communications(request: ActingRequest) -> HttpResponseBase:
    """List the communications; the export holds all the register does."""
    exported = request.GET.get("export") == "csv"
    add_one = (_("Inscrire une communication"), reverse("staff:communication_new"))
    print_url = f"{reverse('staff:communications_print')}?{request.GET.urlencode()}"
    return render_list(
        request,
        CommunicationExport if exported else CommunicationTable,
        communications_visible_to(request.actor).select_related("region"),
        CommunicationFilter,
        title=_("Communications sans consentement"),
        sentence=lambda n: (
            ngettext("%(n)s communication au registre", "%(n)s communications au registre", n) % {"n": write_number(n)}
        ),
        empty=Empty(_("Aucun renseignement n’a été communiqué sans consentement."), *add_one),
        export_name="registre-des-communications",
        template="staff/privacy/registers/list.html",
        context={"primary": add_one, "print_url": print_url},
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Enter a communication."""
    form = CommunicationForm(
        request.POST if request.method == "POST" else None, initial={"decided_by": request.actor.name}
    )
    if form.is_valid():
        with refusals_shown(request, form):
            [row] = record_communications(request.actor, [NewCommunication(Communication(**form.values()))])
            messages.success(request, _("La communication %(number)s est inscrite.") % {"number": row.number})
            return redirect("staff:communication", row.uid)
    return form_page(
        request,
        form,
        title=_("Inscrire une communication"),
        submit=_("Inscrire la communication"),
        cancel_url=reverse("staff:communications"),
        trail=trail("communication"),
    )


@allows(Right.MANAGE_PRIVACY)
@require_safe
def communication(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one entry, which prints as it is."""
    found = communication_for(request.actor, uid)
    named = list(found.persons.all())
    journal_persons(request, named, found.uid)
    context = {
        "title": found.recipient,
        "lead": f"{found.number} · {write_date(found.made_on)}",
        "trail": trail("communication"),
        "communication": found,
        "kinds": kinds_in_words(found.information_kinds),
        "persons": named,
    }
    return render(request, "staff/privacy/registers/communication.html", context)


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Correct an entry."""
    found = communication_for(request.actor, uid)
    address = reverse("staff:communication", args=[uid])
    form = CommunicationForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        with refusals_shown(request, form):
            edit_communications(request.actor, [Change(found, form.values(), version=form.cleaned_data["version"])])
            messages.success(request, _("La communication est à jour."))
            return redirect(address)
    return form_page(
        request,
        form,
        title=_("Corriger la communication"),
        submit=_("Enregistrer"),
        cancel_url=address,
        trail=trail("communication", found),
    )


@allows(Right.MANAGE_PRIVACY)
@require_safe
def print_register(request: ActingRequest) -> HttpResponse:
    """Show the register, as it is narrowed, as sheets to print."""
    rows = communications_visible_to(request.actor).select_related("region", "incident", "recorded_by")
    kept = CommunicationFilter(request.GET, queryset=rows, request=request).qs
    context = {
        "title": Register.COMMUNICATION.label,
        "trail": trail("communication"),
        "sheets": [(row, kinds_in_words(row.information_kinds)) for row in kept],
    }
    return render(request, "staff/privacy/registers/communication_sheets.html", context)


@allows(Right.MANAGE_PRIVACY)
@require_safe
def persons(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Find the persons a communication is about."""
    found = communication_for(request.actor, uid)
    return find_page(
        request,
        request.actor,
        choose=_("Ajouter"),
        base=reverse("staff:communication_persons", args=[uid]),
        suffix="ajouter/",
        post=True,
        title=_("Personnes concernées"),
        lead=found.number,
        trail=trail("communication", found),
        linked=[
            (person, reverse("staff:communication_person_remove", args=[uid, person.uid]))
            for person in found.persons.all()
        ],
    )


@allows(Right.MANAGE_PRIVACY)
@require_POST
def add_person(request: ActingRequest, uid: UUID, person: UUID) -> HttpResponse:
    found = communication_for(request.actor, uid)
    with refusals_shown(request):
        add_concerned(request.actor, found, person_for(request.actor, person))
        messages.success(request, _("La personne est ajoutée."))
    return redirect("staff:communication_persons", uid)


@allows(Right.MANAGE_PRIVACY)
@require_POST
def remove_person(request: ActingRequest, uid: UUID, person: UUID) -> HttpResponse:
    found = communication_for(request.actor, uid)
    with refusals_shown(request):
        remove_concerned(request.actor, found, person_for(request.actor, person))
        messages.success(request, _("La personne est retirée de la communication."))
    return redirect("staff:communication_persons", uid)
