"""A household: who is in it, who was, and what becomes of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.models import File
from arrimage.people.actions import (
    ReadHousehold,
    correct_member,
    join_household,
    merge_households,
    split_household,
    start_household,
)
from arrimage.people.models import Household, Member
from arrimage.people.reach import persons_accompanied_by
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.people.forms import JoinForm, MemberForm, MergeForm, SplitForm, StartForm
from arrimage.web.staff.people.reading import file_of, household_for, household_of, page
from arrimage.web.staff.people.related import member_of, title_of, ways_to_reach
from arrimage.web.staff.people.shown import period


@allows(Right.ACCOMPANY)
@require_safe
def household(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show who lives together, since when, how to reach them, and who left."""
    found, members = household_for(request, uid)
    keys = [member.person_id for member in members]
    opened = set(persons_accompanied_by(request.actor).filter(pk__in=keys).values_list("pk", flat=True))
    lines = [(member, period(member.starts_on, member.ends_on), member.person_id in opened) for member in members]
    here = [member for member in members if member.ends_on is None]
    context = {
        "title": title_of(members),
        "trail": [(_("Dossiers"), reverse("staff:files"))],
        "household": found,
        "current": [line for line in lines if line[0].ends_on is None],
        "former": [line for line in lines if line[0].ends_on is not None],
        "ways": ways_to_reach(here),
    }
    return render(request, "staff/people/household.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def split(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let some leave together, for a new household or another one."""
    found, members = household_for(request, uid)
    here = [member for member in members if member.ends_on is None]
    form = SplitForm(request.POST or None, members=here, actor=request.actor, initial={"version": found.version})
    if form.is_valid():
        with refusals_shown(request, form):
            said, other = form.cleaned_data, form.cleaned_data["number"]
            into = _household_of(request, other) if other else None
            now = split_household(request.actor, _read(found, form), form.leaving(), on=said["on"], into=into)
            messages.success(request, _("La séparation est inscrite : voici leur ménage."))
            return redirect("staff:household", now.uid)
    return _form(request, found, members, _("Séparer le ménage"), form)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def merge(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Bring everybody of another household into this one."""
    found, members = household_for(request, uid)
    form = MergeForm(request.POST or None, actor=request.actor, initial={"version": found.version})
    if form.is_valid():
        with refusals_shown(request, form):
            gone = _household_of(request, form.cleaned_data["number"])
            merge_households(request.actor, _read(found, form), gone, on=form.cleaned_data["on"])
            messages.success(request, _("Les deux ménages n’en font plus qu’un."))
            return redirect("staff:household", uid)
    return _form(request, found, members, _("Réunir avec un autre ménage"), form)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def join(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Add somebody, who leaves the household they were in."""
    found, members = household_for(request, uid)
    form = JoinForm(request.POST or None, actor=request.actor, initial={"version": found.version})
    if form.is_valid():
        with refusals_shown(request, form):
            said, other = form.cleaned_data, form.cleaned_data["number"]
            read(request, other, kind=ObjectKind.HOUSEHOLD, uid=found.uid)
            join_household(request.actor, _read(found, form), other.person, relation=said["relation"], on=said["on"])
            messages.success(request, _("%(person)s est dans le ménage.") % {"person": other.person})
            return redirect("staff:household", uid)
    return _form(request, found, members, _("Ajouter quelqu’un au ménage"), form)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def correct(request: ActingRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Put right what was written of somebody's place."""
    found, members = household_for(request, uid)
    member = member_of(members, person)
    if member is None:
        raise Http404
    initial = {name: getattr(member, name) for name in ("relation", "starts_on", "ends_on")}
    form = MemberForm(request.POST or None, initial=initial | {"version": found.version})
    if form.is_valid():
        with refusals_shown(request, form):
            said = dict(form.cleaned_data)
            correct_member(request.actor, ReadHousehold(found, said.pop("version")), member, **said)
            messages.success(request, _("C’est corrigé."))
            return redirect("staff:household", uid)
    title = _("Corriger la place de %(person)s") % {"person": member.person}
    return _form(request, found, members, title, form)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def start(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Write a household down for somebody who has none."""
    file = file_of(request, uid)
    if known := household_of(file.person):
        return redirect("staff:household", known.uid)
    form = StartForm(request.POST or None, initial={"on": file.arrived_on or file.opened_on})
    if form.is_valid():
        with refusals_shown(request, form):
            found = start_household(request.actor, file.person, on=form.cleaned_data["on"])
            messages.success(request, _("Le ménage est inscrit."))
            return redirect("staff:household", found.uid)
    return render(request, "staff/people/form.html", page(file, _("Inscrire le ménage"), form=form))


def _read(found: Household, form: Any) -> ReadHousehold:
    return ReadHousehold(found, form.cleaned_data["version"])


def _household_of(request: ActingRequest, file: File) -> ReadHousehold:
    """Return the household of the person of another file, as it is now; one of their own if they have none."""
    read(request, file, kind=ObjectKind.HOUSEHOLD)
    found = household_of(file.person) or start_household(
        request.actor, file.person, on=file.arrived_on or file.opened_on
    )
    return ReadHousehold(found, found.version)


def _form(request: ActingRequest, found: Household, members: list[Member], title: str, form: Any) -> HttpResponse:
    address = reverse("staff:household", args=[found.uid])
    context = {
        "title": title,
        "lead": title_of(members),
        "trail": [(_("Dossiers"), reverse("staff:files")), (title_of(members), address)],
        "form": form,
        "file_url": address,
    }
    return render(request, "staff/people/form.html", context)
