"""Numbers of governments: inscribed, read in full by a deliberate act, destroyed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.people.actions import NewIdentifier, record_identifiers, remove_identifier, reveal_identifier
from arrimage.people.models import PersonIdentifier
from arrimage.privacy.journal.enums import What
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.people.forms import NumberForm
from arrimage.web.staff.people.reading import file_of, page, record_of
from arrimage.web.staff.people.views.persons import shown


@allows(Right.ACCOMPANY)
@sensitive_post_parameters("number")
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Inscribe a number; it is encrypted at once."""
    file = file_of(request, uid)
    form = NumberForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            record_identifiers(request.actor, [NewIdentifier(file.person, **form.cleaned_data)])
            messages.success(request, _("Le numéro est inscrit, chiffré."))
            return redirect(f"{record_of(file.person)}#numeros")
    return render(request, "staff/people/form.html", page(file, _("Inscrire un numéro"), form=form))


@allows(Right.ACCOMPANY)
@require_POST
def reveal(request: ActingRequest, uid: UUID, number: UUID) -> HttpResponse:
    """Show a number in full, on this answer alone; the read journal says so."""
    file = file_of(request, uid, What.REVEALED, number)
    found = get_object_or_404(PersonIdentifier, person=file.person, uid=number)
    return shown(request, uid, {found.uid: reveal_identifier(request.actor, found)})


@allows(Right.ACCOMPANY)
@require_POST
def remove(request: ActingRequest, uid: UUID, number: UUID) -> HttpResponse:
    """Destroy a number that is not the person's."""
    file = file_of(request, uid, shown=number)
    found = get_object_or_404(PersonIdentifier, person=file.person, uid=number)
    with refusals_shown(request):
        remove_identifier(request.actor, found)
        messages.success(request, _("Le numéro est détruit."))
    return redirect(f"{record_of(file.person)}#numeros")
