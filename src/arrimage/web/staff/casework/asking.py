"""The form of an assessment as an agent fills it: needs off the list in every section, what was said last time."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from arrimage.casework.actions.assessments import NEEDS_ASSESSMENT
from arrimage.casework.enums import Priority
from arrimage.casework.models import Assessment, File
from arrimage.casework.queries import assessment_facts
from arrimage.casework.reassessment import last_completed
from arrimage.questionnaires.definition import Definition, Kind
from arrimage.questionnaires.fields import shown_value
from arrimage.questionnaires.forms import QuestionnaireForm, build_form
from arrimage.questionnaires.moving import move_answers
from arrimage.questionnaires.queries import current_version
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.answers import in_words, mark_fields

OFF_LIST = "off_list"


@dataclass(frozen=True)
class LastAnswer:
    """What was answered last time, in words, and as the fields of the page take it (JSON)."""

    words: str
    value: str


def form_for(
    file: File,
    draft: Assessment | None,
    data: QueryDict | None,
    *,
    complete: bool,
    facts: Mapping[str, Any] | None = None,
) -> QuestionnaireForm:
    """Return the form of a file's assessment: under the version its draft began with, else under today's."""
    version = draft.questionnaire if draft else current_version(NEEDS_ASSESSMENT)
    form = build_form(
        version.content,
        facts or assessment_facts([file])[file.pk],
        get_language() or "fr",
        data=with_off_list(data, version.content) if data is not None else None,
        answers=draft.answers if draft else None,
        complete=complete,
    )
    mark_fields(form)
    return form


# --- Needs off the list ---------------------------------------------------------------------------------------------
def off_list_fields(definition: Definition) -> dict[str, str]:
    """Return the prefix of the fields of an off-list need, by theme; nothing where no question takes such needs."""
    if _needs_question(definition) is None:
        return {}
    return {theme.code: f"{OFF_LIST}-{theme.code}" for theme in definition.themes}


def with_off_list(data: QueryDict, definition: Definition) -> QueryDict:
    """Add the needs written under a section to the rows of the question that takes needs off the list."""
    key = _needs_question(definition)
    if key is None:
        return data
    merged = data.copy()
    rows = [int(match[1]) for match in (re.fullmatch(rf"{key}-(\d{{1,3}})-label", name) for name in data) if match]
    known = {
        (data.get(f"{key}-{row}-theme", ""), data.get(f"{key}-{row}-label", "").strip().casefold()) for row in rows
    }
    following = max(rows, default=-1) + 1
    for theme, prefix in off_list_fields(definition).items():
        label = data.get(f"{prefix}-label", "").strip()
        if not label or (theme, label.casefold()) in known:
            continue
        merged[f"{key}-{following}-label"] = label
        merged[f"{key}-{following}-theme"] = theme
        merged[f"{key}-{following}-priority"] = data.get(f"{prefix}-priority") or str(Priority.SOON.value)
        following += 1
    return merged


def _needs_question(definition: Definition) -> str | None:
    return next((question.key for question in definition.questions() if question.kind is Kind.NEEDS), None)


# --- Last time ------------------------------------------------------------------------------------------------------
def last_answers(file: File, definition: Definition) -> tuple[Assessment | None, dict[str, LastAnswer]]:
    """Return the last completed assessment, and of its answers those the form can take again, by question."""
    previous = last_completed(file)
    if previous is None:
        return None, {}
    language = get_language() or "fr"
    themes = {theme.code: theme.label.in_language(language) for theme in definition.themes}
    kept = move_answers(previous.answers, previous.questionnaire.content, definition).answers
    questions = {question.key: question for question in definition.questions()}
    return previous, {
        key: LastAnswer(
            in_words(questions[key], answer, language, themes),
            "" if questions[key].kind is Kind.NEEDS else json.dumps(shown_value(answer)),
        )
        for key, answer in kept.items()
    }


# --- Two people at once ---------------------------------------------------------------------------------------------
def read_at(request: ActingRequest) -> int | None:
    """Return the version of the draft the page was read at; None for a page that does not say it."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() else None


def disagreements(form: QuestionnaireForm, draft: Assessment) -> list[dict[str, str]]:
    """Return the questions answered otherwise by somebody else meanwhile: as kept now, and as typed."""
    themes = {theme.code: theme.label.in_language(form.language) for theme in form.definition.themes}
    return [
        {
            "field": question.label.in_language(form.language),
            "theirs": in_words(question, draft.answers.get(question.key), form.language, themes),
            "yours": in_words(question, form.answers.get(question.key), form.language, themes),
        }
        for question in form.definition.questions()
        if draft.answers.get(question.key) != form.answers.get(question.key)
    ]
