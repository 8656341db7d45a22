"""The Django form of a questionnaire: fields named by question key, grouped in sections a template can walk.

A small script may show and hide as the person answers (`data-show-if`); without it every question the facts allow is on
the page. Either way the server applies the rules again and drops the answers to questions that were not to be asked.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import override

from arrimage.questionnaires.conditions import Answers, Condition, Facts, as_json
from arrimage.questionnaires.definition import MOST_LISTED_NEEDS, Definition, Kind, Question, Section
from arrimage.questionnaires.fields import NEED_CELLS, field_for, need_fields, shown_value
from arrimage.questionnaires.rules import check_answers, possible_questions, progress, visible_questions

EMPTY_ROWS = 2


@dataclass(frozen=True)
class FormQuestion:
    """One question on the page: its field or, for a list of needs, its rows of fields (label, theme, priority)."""

    question: Question
    label: str
    help: str
    field: BoundField | None
    rows: tuple[tuple[BoundField, ...], ...]
    show_if: Condition | None
    shown: bool

    @property
    def attributes(self) -> SafeString:
        """Return the attributes of the element around the question: `data-question`, `data-kind`, `data-show-if`."""
        names = {"data-question": self.question.key, "data-kind": self.question.kind.value}
        if self.show_if is not None:
            names["data-show-if"] = json.dumps(as_json(self.show_if), separators=(",", ":"))
        return flatatt(names)

    @property
    def has_errors(self) -> bool:
        cells = [self.field] if self.field else [cell for row in self.rows for cell in row]
        return any(cell.errors for cell in cells)


@dataclass(frozen=True)
class FormSection:
    """A section on the page, and what the table of contents says of it."""

    key: str
    title: str
    intro: str
    theme: str | None
    questions: tuple[FormQuestion, ...]
    answered: int
    asked: int

    @property
    def anchor(self) -> str:
        return f"section-{self.key}"

    @property
    def has_errors(self) -> bool:
        return any(question.has_errors for question in self.questions)


class QuestionnaireForm(forms.Form):
    """A form built from a definition; `answers` holds what was stored and, after `is_valid()`, what to store."""

    use_required_attribute = False  # a compulsory question may be hidden: the browser must not block on it

    def __init__(
        self,
        definition: Definition,
        facts: Facts,
        language: str,
        *,
        data: Mapping[str, Any] | None = None,
        answers: Answers | None = None,
        complete: bool = True,
        prefix: str | None = None,
    ) -> None:
        self.definition = definition
        self.facts = facts
        self.language = language
        self.complete = complete
        self.answers: dict[str, Any] = dict(answers or {})
        self.possible = {each.question.key: each for each in possible_questions(definition, facts)}
        self._given: dict[str, Any] = self.answers
        self._rows: dict[str, int] = {}
        super().__init__(data=data, initial=dict(self._initial_values()), prefix=prefix)
        with override(language):
            for key, possibility in self.possible.items():
                question = possibility.question
                if question.kind is Kind.NEEDS:
                    self._rows[key] = self._count_rows(key)
                    for index in range(self._rows[key]):
                        self.fields |= need_fields(definition, question, index, language)
                else:
                    self.fields[key] = field_for(question, language)

    def clean(self) -> dict[str, Any]:
        """Apply the questionnaire's rules to what the fields could read."""
        self._given = self._read()
        checked = check_answers(self.definition, self._given, self.facts, complete=self.complete)
        shown = {question.key for question in visible_questions(self.definition, checked.cleaned, self.facts)}
        for name in [name for name in self.errors if name.split("-")[0] not in shown]:
            del self.errors[name]  # what is not asked cannot be wrong
        for name, message in checked.errors.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, message)
        self.answers = checked.cleaned
        return checked.cleaned

    @property
    def sections(self) -> list[FormSection]:
        """Return the sections to put on the page, in order; those the facts leave empty are left out."""
        _ = self.errors  # a bound form is read first
        shown = {question.key for question in visible_questions(self.definition, self._given, self.facts)}
        counts = progress(self.definition, self._given, self.facts)
        return [
            FormSection(
                key=section.key,
                title=section.title.in_language(self.language),
                intro=section.intro.in_language(self.language) if section.intro else "",
                theme=section.theme,
                questions=questions,
                answered=counts[section.key].answered if section.key in counts else 0,
                asked=counts[section.key].shown if section.key in counts else 0,
            )
            for section in self.definition.sections
            if (questions := tuple(self._questions_of(section, shown)))
        ]

    def _questions_of(self, section: Section, shown: set[str]) -> Iterator[FormQuestion]:
        for question in section.questions:
            if question.key not in self.possible:
                continue
            yield FormQuestion(
                question=question,
                label=question.label.in_language(self.language),
                help=question.help.in_language(self.language) if question.help else "",
                field=self[question.key] if question.key in self.fields else None,
                rows=tuple(
                    tuple(self[f"{question.key}-{index}-{cell}"] for cell in NEED_CELLS)
                    for index in range(self._rows.get(question.key, 0))
                ),
                show_if=self.possible[question.key].show_if,
                shown=question.key in shown,
            )

    def _read(self) -> dict[str, Any]:
        """Return what the fields could read, as answers."""
        read = self.cleaned_data
        values = {key: read[key] for key in self.possible if key in read}
        for key, count in self._rows.items():
            values[key] = [{cell: read.get(f"{key}-{index}-{cell}") for cell in NEED_CELLS} for index in range(count)]
        return values

    def _initial_values(self) -> Iterator[tuple[str, Any]]:
        for key, possibility in self.possible.items():
            value = self.answers.get(key)
            if possibility.question.kind is not Kind.NEEDS:
                yield key, shown_value(value)
                continue
            for index, row in enumerate(value or []):
                for cell in NEED_CELLS:
                    yield f"{key}-{index}-{cell}", row.get(cell)

    def _count_rows(self, key: str) -> int:
        """Return how many needs the page has room for: those sent or stored, or these and a few empty ones."""
        if not self.is_bound:
            return min(len(self.answers.get(key) or []) + EMPTY_ROWS, MOST_LISTED_NEEDS)
        name = re.compile(re.escape(self.add_prefix(key)) + r"-(\d{1,3})-label")
        sent = [int(match[1]) for match in map(name.fullmatch, self.data) if match]
        return min(max(sent, default=-1) + 1, MOST_LISTED_NEEDS) or EMPTY_ROWS


def build_form(
    definition: Definition,
    facts: Facts,
    language: str,
    *,
    data: Mapping[str, Any] | None = None,
    answers: Answers | None = None,
    complete: bool = True,
    prefix: str | None = None,
) -> QuestionnaireForm:
    """Return the form of a questionnaire for these facts, in a language (French where a text is not translated).

    `answers` are those stored so far; `complete=False` accepts a draft with compulsory questions unanswered.
    """
    return QuestionnaireForm(definition, facts, language, data=data, answers=answers, complete=complete, prefix=prefix)
