"""The needs a question raises."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.questionnaires.editing import find, question_json, with_question
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.questionnaires.condition_forms import form_of_test
from arrimage.web.staff.questionnaires.forms import NeedRuleForm
from arrimage.web.staff.questionnaires.reading import address_of, draft_for, keep, page, question_of


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID, key: str) -> HttpResponse:
    """Add a need and the first test that raises it, on the question's own answer."""
    draft = draft_for(uid)
    question_of(draft, key)
    form = NeedRuleForm(request.POST or None, definition=draft.content, before={}, theme=_theme(draft, key))
    test = form_of_test(draft.content, f"question.{key}", request.POST or None)
    if test is not None and form.is_valid() and test.is_valid():
        question = question_json(draft.definition, key)
        question["raises"] = [*question.get("raises", []), form.rule(test.test())]
        if _kept(request, draft, question, form):
            return redirect(address_of(draft, f"question-{key}"))
    context = page(draft, _("Ajouter un besoin que la réponse soulève"), form=form, first=test, past=[])
    return render(request, "staff/questionnaires/form.html", context)


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID, key: str, index: int) -> HttpResponse:
    """Change a need, or take it away (`act=remove`); its condition has its own page."""
    draft = draft_for(uid)
    question = deepcopy(question_of(draft, key))
    rules = question.get("raises", [])
    if index >= len(rules):
        raise Http404
    if request.POST.get("act") == "remove":
        del rules[index]
        if not rules:
            del question["raises"]
        _kept(request, draft, question, None)
        return redirect(address_of(draft, f"question-{key}"))
    form = NeedRuleForm(request.POST or None, definition=draft.content, before=rules[index], theme=_theme(draft, key))
    if form.is_valid():
        rules[index] = form.rule(rules[index]["when"])
        if _kept(request, draft, question, form):
            return redirect(address_of(draft, f"question-{key}"))
    return render(
        request, "staff/questionnaires/form.html", page(draft, _("Modifier le besoin soulevé"), form=form, past=[])
    )


def _kept(
    request: ActingRequest, draft: QuestionnaireVersion, question: dict[str, Any], form: NeedRuleForm | None
) -> bool:
    section = draft.definition["sections"][find(draft.definition, question["key"]).section]["key"]
    kept = False
    with refusals_shown(request, form):
        keep(request, draft, with_question(draft.definition, question, section, question["key"]))
        kept = True
    if kept:
        messages.success(request, _("Le brouillon est enregistré."))
    return kept


def _theme(draft: QuestionnaireVersion, key: str) -> str:
    section = draft.definition["sections"][find(draft.definition, key).section]
    return str(section.get("theme", ""))
