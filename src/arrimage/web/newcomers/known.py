"""What is written of a person besides their file, for them to read: what is wrong, they ask to have put right."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Basis
from arrimage.web.access import allows
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.people.shown import contact, identity, sections


@allows(Right.SEE_OWN_FILE)
@require_safe
def known(request: ActingRequest) -> HttpResponse:
    """Show names, languages, French, schooling, trades and statuses; numbers by their end alone."""
    person = get_object_or_404(Person, pk=request.actor.scope_id or 0)
    read(request, person, basis=Basis.OWN_RECORD)
    context = {
        "title": _("Mes renseignements"),
        "identity": identity(person),
        "contact": contact(person),
        "sections": sections(person, edited=False),
        "identifiers": list(person.identifiers.all()),
    }
    return render(request, "newcomers/known.html", context)
