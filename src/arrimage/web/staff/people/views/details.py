"""Adding, editing and removing what is known of a person: the same three views for every part of the record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.people.actions import remove_detail
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.people.parts import part_of
from arrimage.web.staff.people.reading import file_of, page, record_of


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID, part: str) -> HttpResponse:
    """Write a new detail."""
    found = part_of(part)
    file = file_of(request, uid)
    form = found.form_to_add(request.POST or None, instance=found.blank(person=file.person))
    if form.is_valid():
        with refusals_shown(request, form):
            form.write_new(request.actor)
            messages.success(request, _("C’est enregistré."))
            return redirect(f"{record_of(file.person)}#{part}")
    return render(request, "staff/people/form.html", page(file, str(found.add), form=form, draft=f"{part}-{uid}"))


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID, part: str, detail: UUID) -> HttpResponse:
    """Put a detail right, or remove it."""
    found = part_of(part)
    file = file_of(request, uid)
    record = get_object_or_404(found.model, person=file.person, uid=detail)
    version = record.version
    form = found.form(request.POST or None, instance=record)
    if form.is_valid():
        with refusals_shown(request, form):
            form.write_changes(request.actor)
            messages.success(request, _("C’est enregistré."))
            return redirect(f"{record_of(file.person)}#{part}")
    remove_url = reverse("staff:person_detail_remove", args=[uid, part, detail])
    context = page(file, str(found.edit), form=form, remove_url=remove_url, version=version)
    return render(request, "staff/people/form.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def remove(request: ActingRequest, uid: UUID, part: str, detail: UUID) -> HttpResponse:
    """Remove a detail that was written by mistake."""
    found = part_of(part)
    file = file_of(request, uid)
    record = get_object_or_404(found.model, person=file.person, uid=detail)
    version = request.POST.get("version", "")
    with refusals_shown(request):
        remove_detail(request.actor, record, version=int(version) if version.isdecimal() else 0)
        messages.success(request, _("C’est retiré. L’historique le garde."))
    return redirect(f"{record_of(file.person)}#{part}")
