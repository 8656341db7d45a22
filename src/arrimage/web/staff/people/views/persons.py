"""A person's record: all of it on one page; who they are and how to reach them, edited."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.people.actions import edit_person, use_name
from arrimage.people.models import PersonName
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.people.forms import ContactForm, IdentityForm, PersonForm
from arrimage.web.staff.people.reading import file_of, page, record_of
from arrimage.web.staff.people.related import family_of, household_shown
from arrimage.web.staff.people.shown import contact, identity, sections, what_to_note


@allows(Right.ACCOMPANY)
@require_safe
def record(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show all that is known of a person, and what to ask first."""
    return shown(request, uid)


def shown(request: ActingRequest, uid: UUID, revealed: dict[UUID, str] | None = None) -> HttpResponse:
    """Return the page of a person; `revealed` are numbers in clear, by identifier, for this answer alone."""
    file = file_of(request, uid)
    person = file.person
    found = sections(person, edited=True)
    context = page(
        file,
        str(person),
        sections=found,
        next=what_to_note(person, found),
        identity=identity(person),
        contact=contact(person),
        identifiers=[(each, (revealed or {}).get(each.uid, "")) for each in person.identifiers.all()],
        household=household_shown(request.actor, person),
        family=family_of(request.actor, person),
    )
    context |= {"lead": "", "trail": context["trail"][:-1]}
    return render(request, "staff/people/person.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def identity_form(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Edit names, birth, gender."""
    return _edit(request, uid, IdentityForm, _("Modifier l’identité"), _("L’identité est enregistrée."))


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def contact_form(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Edit the ways to reach a person, and in which language."""
    return _edit(request, uid, ContactForm, _("Modifier les coordonnées"), _("Les coordonnées sont enregistrées."))


def _edit(request: ActingRequest, uid: UUID, kind: type[PersonForm], title: str, done: str) -> HttpResponse:
    file = file_of(request, uid)
    form = kind(request.POST or None, person=file.person)
    if form.is_valid():
        with refusals_shown(request, form):
            edit_person(request.actor, file.person, form.values(), version=form.cleaned_data["version"])
            messages.success(request, done)
            return redirect(record_of(file.person))
    return render(request, "staff/people/form.html", page(file, title, form=form))


@allows(Right.ACCOMPANY)
@require_POST
def use(request: ActingRequest, uid: UUID, name: UUID) -> HttpResponse:
    """Make another name the one in use."""
    file = file_of(request, uid)
    found = get_object_or_404(PersonName, person=file.person, uid=name)
    version = request.POST.get("version", "")
    with refusals_shown(request):
        person = use_name(request.actor, found, version=int(version) if version.isdecimal() else 0)
        messages.success(request, _("Le nom en usage est maintenant %(name)s.") % {"name": person})
    return redirect(f"{record_of(file.person)}#noms")
