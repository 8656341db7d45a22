"""The documents of a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions import add_document, remove_document, share_document
from arrimage.casework.actions.documents import NewDocument
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import Document
from arrimage.casework.queries import documents_visible_to
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.documents import shown_document
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.reading import file_for, page
from arrimage.web.staff.documents.forms import DocumentForm, RemoveForm


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: ActingRequest, uid: UUID) -> HttpResponse:
    """List the documents of a file, those removed last, and add one."""
    file = file_for(request, uid, ObjectKind.DOCUMENT)
    is_open = file.status == FileStatus.ACTIVE
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_bound and form.is_valid():
        with refusals_shown(request, form):
            document = add_document(request.actor, NewDocument(file=file, **form.cleaned_data))
            messages.success(request, _("« %(title)s » est ajouté au dossier.") % {"title": document.title})
            return redirect("staff:documents", file.uid)
    rows = documents_visible_to(request.actor).filter(file=file)
    shown = [shown_document(row) for row in rows.select_related("attachment__destroyed_by", "author")]
    context = page(
        file,
        _("Documents"),
        kept=[one for one in shown if not one.is_removed],
        removed=[one for one in shown if one.is_removed],
        form=form,
        is_open=is_open,
    )
    return render(request, "staff/documents/documents.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def share(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a document to the person, or no longer (`shared=no`)."""
    document = _document(request, uid)
    shared = request.POST.get("shared") != "no"
    with refusals_shown(request):
        share_document(request.actor, document, shared=shared)
        said = _("La personne voit maintenant ce document.") if shared else _("La personne ne voit plus ce document.")
        messages.success(request, said)
    return redirect("staff:documents", document.file.uid)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Remove a document for good, with a reason; its line stays."""
    document = _document(request, uid)
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            remove_document(request.actor, document, reason=form.cleaned_data["reason"])
            messages.success(request, _("« %(title)s » est retiré.") % {"title": document.title})
            return redirect("staff:documents", document.file.uid)
    file = document.file
    context = page(file, _("Retirer un document"), (_("Documents"), reverse("staff:documents", args=[file.uid])))
    context |= {"form": form, "document": shown_document(document)}
    return render(request, "staff/documents/remove.html", context)


def _document(request: ActingRequest, uid: UUID) -> Document:
    """Return a document the actor sees, or answer 404; what is shown of it is written down."""
    rows = documents_visible_to(request.actor).select_related("file__person", "attachment__destroyed_by", "author")
    document = get_object_or_404(rows, uid=uid)
    read(request, document.file, kind=ObjectKind.DOCUMENT, uid=document.uid)
    return document
