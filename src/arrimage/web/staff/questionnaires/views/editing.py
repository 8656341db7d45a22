"""Questions and sections of a draft: added, changed, moved, removed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.questionnaires.editing import (
    find,
    moved_question,
    moved_section,
    with_question,
    with_section,
    without_question,
    without_section,
)
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.questionnaires.queries import answered_in_the_past, every_key
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.questionnaires.forms import QuestionForm, SectionForm, new_key
from arrimage.web.staff.questionnaires.reading import address_of, draft_for, keep, page, question_of, section_of


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Add a question, at the end of its section."""
    draft = draft_for(uid)
    return _question(request, draft, {}, _("Ajouter une question"), request.GET.get("section", ""))


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID, key: str) -> HttpResponse:
    """Change a question, or the section it is in."""
    draft = draft_for(uid)
    before = question_of(draft, key)
    section = draft.definition["sections"][find(draft.definition, key).section]["key"]
    return _question(request, draft, before, _("Modifier la question"), section)


def _question(
    request: ActingRequest, draft: QuestionnaireVersion, before: dict[str, Any], title: str, section: str
) -> HttpResponse:
    form = QuestionForm(
        request.POST or None,
        definition=draft.content,
        before=before,
        taken=every_key(draft.questionnaire),
        initial={"section": section},
    )
    if form.is_valid():
        question = form.question()
        changed = with_question(draft.definition, question, form.cleaned_data["section"], before.get("key", ""))
        with refusals_shown(request, form):
            keep(request, draft, changed)
            messages.success(request, _("La question est enregistrée dans le brouillon."))
            return redirect(address_of(draft, f"question-{question['key']}"))
    context = page(draft, title, form=form, past=answered_in_the_past(draft, before["key"]) if before else [])
    return render(request, "staff/questionnaires/form.html", context)


@allows(Right.EDIT_QUESTIONNAIRES)
@require_POST
def move(request: ActingRequest, uid: UUID, key: str) -> HttpResponse:
    """Move a question one place up or down; past the end of its section, into the next one."""
    draft = draft_for(uid)
    question_of(draft, key)
    with refusals_shown(request):
        keep(request, draft, moved_question(draft.definition, key, _direction(request)))
    return redirect(address_of(draft, f"question-{key}"))


@allows(Right.EDIT_QUESTIONNAIRES)
@require_POST
def remove(request: ActingRequest, uid: UUID, key: str) -> HttpResponse:
    """Remove a question from the draft; past versions and their answers keep it."""
    draft = draft_for(uid)
    question_of(draft, key)
    past = answered_in_the_past(draft, key)
    with refusals_shown(request):
        keep(request, draft, without_question(draft.definition, key))
        said = _("La question est retirée du brouillon.")
        if past:
            said += " " + _("Les versions publiées qui la posent la gardent, avec leurs réponses.")
        messages.success(request, said)
    return redirect(address_of(draft))


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def add_section(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Add a section with its first question: a section is never empty."""
    draft = draft_for(uid)
    form = SectionForm(request.POST or None, definition=draft.content, before={})
    first = QuestionForm(
        request.POST or None, definition=draft.content, before={}, taken=every_key(draft.questionnaire), prefix="first"
    )
    del first.fields["section"]
    if form.is_valid() and first.is_valid():
        key = new_key(form.cleaned_data["title-fr"], {section.key for section in draft.content.sections})
        section = {**form.section(key), "questions": [first.question()]}
        with refusals_shown(request, form):
            keep(request, draft, with_section(draft.definition, section))
            messages.success(request, _("La section est ajoutée au brouillon."))
            return redirect(address_of(draft, f"section-{key}"))
    context = page(draft, _("Ajouter une section"), form=form, first=first, past=[])
    return render(request, "staff/questionnaires/form.html", context)


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def edit_section(request: ActingRequest, uid: UUID, key: str) -> HttpResponse:
    draft = draft_for(uid)
    form = SectionForm(request.POST or None, definition=draft.content, before=section_of(draft, key))
    if form.is_valid():
        with refusals_shown(request, form):
            keep(request, draft, with_section(draft.definition, form.section(key)))
            messages.success(request, _("La section est enregistrée dans le brouillon."))
            return redirect(address_of(draft, f"section-{key}"))
    return render(request, "staff/questionnaires/form.html", page(draft, _("Modifier la section"), form=form, past=[]))


@allows(Right.EDIT_QUESTIONNAIRES)
@require_POST
def move_section(request: ActingRequest, uid: UUID, key: str) -> HttpResponse:
    draft = draft_for(uid)
    section_of(draft, key)
    with refusals_shown(request):
        keep(request, draft, moved_section(draft.definition, key, _direction(request)))
    return redirect(address_of(draft, f"section-{key}"))


@allows(Right.EDIT_QUESTIONNAIRES)
@require_POST
def remove_section(request: ActingRequest, uid: UUID, key: str) -> HttpResponse:
    """Remove a section with its questions; past versions keep them."""
    draft = draft_for(uid)
    section_of(draft, key)
    with refusals_shown(request):
        keep(request, draft, without_section(draft.definition, key))
        messages.success(request, _("La section et ses questions sont retirées du brouillon."))
    return redirect(address_of(draft))


def _direction(request: ActingRequest) -> int:
    return -1 if request.POST.get("direction") == "up" else 1
