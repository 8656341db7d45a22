"""Family links between people who live apart."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.people.actions import link_persons, unlink_persons
from arrimage.people.enums import LinkKind
from arrimage.people.queries import family_links_of
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.people.forms import LinkForm
from arrimage.web.staff.people.reading import file_of, page, record_of


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Link a person to somebody of another household whose file one opens too."""
    file = file_of(request, uid)
    form = LinkForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with refusals_shown(request, form):
            other = form.cleaned_data["number"]
            link_persons(request.actor, other.person, file.person, LinkKind(form.cleaned_data["kind"]))
            read(request, other, kind=ObjectKind.PERSON)
            messages.success(request, _("Le lien est inscrit dans les deux dossiers."))
            return redirect(f"{record_of(file.person)}#parente")
    return render(request, "staff/people/form.html", page(file, _("Lier à quelqu’un de sa famille"), form=form))


@allows(Right.ACCOMPANY)
@require_POST
def remove(request: ActingRequest, uid: UUID, link: UUID) -> HttpResponse:
    """Remove a link that was written by mistake."""
    file = file_of(request, uid)
    found = get_object_or_404(family_links_of(request.actor, file.person), uid=link)
    with refusals_shown(request):
        unlink_persons(request.actor, found)
        messages.success(request, _("Le lien est retiré des deux dossiers."))
    return redirect(f"{record_of(file.person)}#parente")
