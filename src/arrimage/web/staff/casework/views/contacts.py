"""Contacts to come: planned, changed, called off; and the contact at 6, 12 or 24 months."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions import (
    cancel_planned_contact,
    change_planned_contact,
    plan_contact,
    record_milestone,
)
from arrimage.casework.enums import MilestoneResult, PlannedStatus
from arrimage.casework.models import PlannedContact
from arrimage.casework.queries import planned_contacts_visible_to
from arrimage.casework.story import FileStory
from arrimage.foundation.writing import write_long_date
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.contacts import contacts_of
from arrimage.web.staff.casework.forms_contacts import MilestoneForm, PlanContactForm
from arrimage.web.staff.casework.reading import address_of, file_for, page


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def plan(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Plan a contact for a day."""
    file = file_for(request, uid, ObjectKind.FOLLOW_UP)
    form = PlanContactForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with refusals_shown(request, form):
            made = plan_contact(request.actor, file, form.to_plan())
            messages.success(request, _("Le contact est prévu le %(day)s.") % {"day": write_long_date(made.planned_on)})
            return redirect(address_of(file))
    context = page(file, _("Prévoir un contact"), form=form, submit=_("Prévoir le contact"))
    return render(request, "staff/casework/form.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Change a contact that is still to come."""
    contact = _contact(request, uid)
    initial = {
        "on": contact.planned_on,
        "channel": contact.channel,
        "subject": contact.subject,
        "agent": contact.agent_id,
        "version": contact.version,
    }
    form = PlanContactForm(request.POST or None, actor=request.actor, initial=initial)
    if form.is_valid():
        with refusals_shown(request, form):
            version = form.cleaned_data["version"] or 0
            change_planned_contact(request.actor, contact, version, form.to_plan())
            messages.success(request, _("Le contact prévu est modifié."))
            return redirect(address_of(contact.file))
    context = page(contact.file, _("Modifier le contact prévu"), form=form, submit=_("Enregistrer"))
    return render(request, "staff/casework/form.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    contact = _contact(request, uid)
    with refusals_shown(request):
        cancel_planned_contact(request.actor, contact)
        messages.success(request, _("Le contact prévu est annulé."))
    return redirect(address_of(contact.file))


def _contact(request: ActingRequest, uid: UUID) -> PlannedContact:
    contacts = planned_contacts_visible_to(request.actor).select_related("file__person", "file__agent")
    contact = get_object_or_404(contacts.exclude(status=PlannedStatus.DONE), uid=uid)
    read(request, contact.file, kind=ObjectKind.FOLLOW_UP, uid=contact.uid)
    return contact


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def milestone(request: ActingRequest, uid: UUID, months: int) -> HttpResponse:
    """Note what somebody says of their life so many months after they arrived."""
    file = file_for(request, uid, ObjectKind.FOLLOW_UP)
    shown = next((each for each in contacts_of(FileStory(file))["milestones"] if each.window.months == months), None)
    if shown is None:
        raise Http404
    form = MilestoneForm(request.POST or None, initial={"language": file.person.preferred_language})
    if form.is_valid():
        with refusals_shown(request, form):
            record_milestone(request.actor, file, months, form.call())
            messages.success(request, _said(form.cleaned_data["result"]))
            return redirect(address_of(file))
    title = _("Suivi à %(months)s mois") % {"months": months}
    return render(request, "staff/casework/milestone.html", page(file, title, form=form, milestone=shown))


def _said(result: str) -> str:
    if result == MilestoneResult.NOT_REACHED:
        return _("L’essai est noté : ce suivi reste à faire.")
    return _("Le suivi est noté. Merci.")
