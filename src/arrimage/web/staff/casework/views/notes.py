"""Notes of a file: listed, written, read one by one, corrected, added to, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import acknowledge_withdrawal, add_to_note, edit_note, withdraw_note, write_note
from arrimage.casework.actions.notes import NoteContent, is_correctable
from arrimage.casework.models import Note, NoteTemplate
from arrimage.casework.queries import notes_visible_to
from arrimage.casework.story_parts import notes as notes_of
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms_notes import AdditionForm, EditNoteForm, NoteForm, WithdrawForm
from arrimage.web.staff.casework.reading import address_of, file_for, page


def note_for(request: ActingRequest, uid: UUID) -> Note:
    """Return the note, or answer 404; its reading is written down as that of a note."""
    notes = notes_visible_to(request.actor).select_related(
        "author", "withdrawn_by", "referral__organisation", "file__person", "file__agent", "file__service_point"
    )
    note = get_object_or_404(notes, uid=uid)
    read(request, note.file, kind=ObjectKind.NOTE, uid=note.uid)
    return note


@allows(Right.ACCOMPANY)
@require_safe
def notes(request: ActingRequest, uid: UUID) -> HttpResponse:
    """List the notes of a file, the last first; of a sensitive one, only that it is there."""
    file = file_for(request, uid, ObjectKind.NOTE)
    context = page(file, _("Notes"), notes=notes_of(request.actor, file.pk, most=None))
    return render(request, "staff/casework/notes.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def write(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Write a note, from the words of a template where one is chosen (`?modele=`)."""
    file = file_for(request, uid, ObjectKind.NOTE)
    offered = list(NoteTemplate.objects.filter(region_id=file.region_id, is_offered=True))
    template = next((each for each in offered if str(each.uid) == request.GET.get("modele")), None)
    form = NoteForm(request.POST or None, file=file, initial={"text": template.text} if template else None)
    if form.is_valid():
        with refusals_shown(request, form):
            write_note(request.actor, file, form.content())
            messages.success(request, _("La note est écrite."))
            return redirect(f"{address_of(file)}#notes")
    draft = f"note-{uid}-{template.uid}" if template else f"note-{uid}"
    context = page(file, _("Écrire une note"), form=form, offered=offered, template=template, draft=draft)
    return render(request, "staff/casework/note_write.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def note(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Read one note with what was added to it; its author adds to it here."""
    found = note_for(request, uid)
    is_author = found.author_id == request.actor.user_id
    form = AdditionForm(request.POST or None) if is_author and found.withdrawn_on is None else None
    if form is not None and form.is_valid():
        with refusals_shown(request, form):
            add_to_note(request.actor, found, form.cleaned_data["text"])
            messages.success(request, _("La précision est ajoutée."))
            return redirect("staff:note", uid=uid)
    context = page(
        found.file,
        _("Note au dossier"),
        _to_notes(found),
        note=found,
        additions=found.additions.select_related("author"),
        form=form,
        draft=f"precision-{uid}",
        can_correct=is_author and is_correctable(found),
        can_withdraw=found.withdrawn_on is None and request.actor.may(Right.MODERATE_NOTES),
        to_acknowledge=is_author and found.withdrawn_on is not None and found.withdrawal_seen_on is None,
    )
    return render(request, "staff/casework/note.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Correct one's own note, on the day it was written."""
    found = note_for(request, uid)
    if found.author_id != request.actor.user_id:
        raise Http404
    form = EditNoteForm(request.POST or None, record=found, file=found.file)
    if form.is_valid() and (values := form.merged()) is not None:
        with refusals_shown(request, form):
            edit_note(request.actor, found, NoteContent(**values), version=found.version)
            messages.success(request, _("La note est corrigée."))
            return redirect("staff:note", uid=uid)
    context = page(found.file, _("Corriger la note"), _to_notes(found), form=form, draft=f"note-corrigee-{uid}")
    return render(request, "staff/casework/form.html", {**context, "submit": _("Enregistrer la correction")})


@allows(Right.MODERATE_NOTES)
@require_http_methods(["GET", "POST"])
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a note from view, with a reason."""
    found = note_for(request, uid)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            withdraw_note(request.actor, found, why=form.cleaned_data["why"])
            messages.success(request, _("La note est retirée. Son auteur en lira le motif dans ses choses à faire."))
            return redirect("staff:note", uid=uid)
    context = page(found.file, _("Retirer la note"), _to_notes(found), form=form, subject=found.text, danger=True)
    return render(request, "staff/casework/form.html", {**context, "submit": _("Retirer la note")})


@allows(Right.ACCOMPANY)
@require_POST
def acknowledge(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say that one has read why one's note was withdrawn."""
    found = note_for(request, uid)
    with refusals_shown(request):
        acknowledge_withdrawal(request.actor, found)
        messages.success(request, _("C’est noté."))
    return redirect("staff:note", uid=uid)


def _to_notes(note: Note) -> tuple[str, str]:
    return _("Notes"), reverse("staff:notes", args=[note.file.uid])
