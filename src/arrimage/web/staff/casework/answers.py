"""The answers of an assessment, in words, to read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arrimage.questionnaires.answers_in_words import in_words
from arrimage.questionnaires.definition import Definition
from arrimage.questionnaires.forms import QuestionnaireForm
from arrimage.questionnaires.rules import visible_questions


@dataclass(frozen=True)
class ShownSection:
    """A section and its answers: pairs of a question and what was said, empty when nothing was."""

    key: str
    title: str
    answers: list[tuple[str, str]]
    answered: int


def answers_shown(
    definition: Definition, answers: Mapping[str, Any], facts: Mapping[str, Any], language: str
) -> list[ShownSection]:
    """Return the sections that were asked, in order, the answers in words."""
    asked = {question.key for question in visible_questions(definition, answers, facts)} | set(answers)
    themes = {theme.code: theme.label.in_language(language) for theme in definition.themes}
    sections = []
    for section in definition.sections:
        pairs = [
            (question.label.in_language(language), in_words(question, answers.get(question.key), language, themes))
            for question in section.questions
            if question.key in asked
        ]
        if pairs:
            answered = sum(bool(words) for _label, words in pairs)
            sections.append(ShownSection(section.key, section.title.in_language(language), pairs, answered))
    return sections


def mark_fields(form: QuestionnaireForm) -> None:
    """Say of each field whether it must be filled: most may be left out, and then say nothing."""
    for name, field in form.fields.items():
        field.mark_nothing = True  # type: ignore[attr-defined]
        field.mark_required = name in form.possible and form.possible[name].question.required  # type: ignore[attr-defined]
