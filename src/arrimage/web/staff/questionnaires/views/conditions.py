"""When a question or a section shows, when a need is raised: tests, all of which or one of which must hold."""

from copy import deepcopy
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.questionnaires.definition import Definition
from arrimage.questionnaires.editing import find, joined, parts_of, section_json
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.questionnaires.condition_forms import TestForm, form_of_test
from arrimage.web.staff.questionnaires.reading import draft_for, keep, page, question_of, section_of
from arrimage.web.staff.questionnaires.shown import own_condition


class Holder(NamedTuple):
    """What has the condition: the JSON, the name it has there, the question a test may leave unsaid, a title."""

    json: dict[str, Any]
    name: str
    own_question: str | None
    title: str


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def condition(request: ActingRequest, uid: UUID, kind: str, key: str, index: int) -> HttpResponse:
    """Show the tests in words; choose what to look at (`?sujet=`), then add a test on it."""
    draft = draft_for(uid)
    changed = deepcopy(draft.definition)
    holder = _holder(draft, changed, kind, key, index)
    joint, parts = parts_of(holder.json.get(holder.name))
    subject = request.GET.get("sujet", "")
    form = form_of_test(draft.content, subject, request.POST if request.POST.get("act") == "add" else None)
    if request.method == "POST":
        done = _act(request, form, joint, parts)
        if done is not None:
            _write(holder, joined(*done))
            with refusals_shown(request):
                keep(request, draft, changed)
                messages.success(request, _("La condition est enregistrée dans le brouillon."))
            return redirect(request.path)
    context = page(
        draft,
        holder.title,
        joint=joint,
        parts=[own_condition(draft.content, part, holder.own_question) for part in parts],
        subjects=_subjects(draft.content),
        subject=subject,
        form=form,
        must_have_one=holder.name == "when",
    )
    return render(request, "staff/questionnaires/condition.html", context)


def _holder(draft: QuestionnaireVersion, changed: dict[str, Any], kind: str, key: str, index: int) -> Holder:
    if kind == "section":
        title = section_of(draft, key)["title"]["fr"]
        return Holder(
            section_json(changed, key), "show_if", None, _("Quand montrer la section « %(title)s »") % {"title": title}
        )
    question_of(draft, key)
    place = find(changed, key)
    question = changed["sections"][place.section]["questions"][place.question]
    if kind == "question":
        label = question["label"]["fr"]
        return Holder(question, "show_if", None, _("Quand poser la question « %(label)s »") % {"label": label})
    rules = question.get("raises", [])
    if kind != "besoin" or index >= len(rules):
        raise Http404
    label = rules[index]["label"]["fr"]
    return Holder(rules[index], "when", key, _("Quand soulever le besoin « %(label)s »") % {"label": label})


def _act(request: ActingRequest, form: TestForm | None, joint: str, parts: list[Any]) -> tuple[str, list[Any]] | None:
    """Return the condition after what was asked; None when a form has to be filled better."""
    sent = request.POST
    match sent.get("act"):
        case "add":
            return (joint, [*parts, form.test()]) if form is not None and form.is_valid() else None
        case "remove" if sent.get("part", "").isdigit():
            return joint, [part for number, part in enumerate(parts) if number != int(sent["part"])]
        case "joint" if sent.get("joint") in ("all", "any"):
            return sent["joint"], parts
    return None


def _write(holder: Holder, condition: dict[str, Any] | None) -> None:
    if condition is None:
        holder.json.pop(holder.name, None)
    else:
        holder.json[holder.name] = condition


def _subjects(definition: Definition) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a test may look at, by section, what is known beforehand last."""
    sections = [
        (section.title.fr, [(f"question.{question.key}", question.label.fr) for question in section.questions])
        for section in definition.sections
    ]
    facts = [(f"fact.{fact.key}", fact.meaning) for fact in definition.facts]
    return [*sections, *([(_("Ce que le dossier dit déjà"), facts)] if facts else [])]
