"""A version as its page shows it: sections, questions, conditions and needs in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arrimage.casework.enums import Priority
from arrimage.questionnaires.conditions import Condition
from arrimage.questionnaires.definition import Definition, Question, Section
from arrimage.questionnaires.nodes import Node
from arrimage.questionnaires.parsing import Known, parse_condition
from arrimage.questionnaires.words import KIND_LABELS, condition_in_words


@dataclass(frozen=True)
class ShownRule:
    """A need a question raises: what, how pressing, when."""

    index: int
    label: str
    theme: str
    priority: str
    when: str


@dataclass(frozen=True)
class ShownQuestion:
    """A question in words; `own_condition` leaves out the one of its section."""

    question: Question
    kind: str
    condition: str
    rules: tuple[ShownRule, ...]
    points: tuple[tuple[str, int], ...]
    limits: str


@dataclass(frozen=True)
class ShownSection:
    """A section in words."""

    section: Section
    theme: str
    condition: str
    questions: tuple[ShownQuestion, ...]


def shown_sections(definition: Definition, raw: Mapping[str, Any]) -> list[ShownSection]:
    """Return the sections; `raw` is the JSON they were read from, where a section's condition is apart."""
    themes = {theme.code: theme.label.fr for theme in definition.themes}
    return [
        ShownSection(
            section,
            themes.get(section.theme or "", ""),
            own_condition(definition, raw_section.get("show_if")),
            tuple(
                _question(definition, question, raw_question, themes)
                for question, raw_question in zip(section.questions, raw_section["questions"], strict=True)
            ),
        )
        for section, raw_section in zip(definition.sections, raw["sections"], strict=True)
    ]


def _question(
    definition: Definition, question: Question, raw: Mapping[str, Any], themes: Mapping[str, str]
) -> ShownQuestion:
    options = {option.key: option.label.fr for option in question.options}
    bounds = [str(each) for each in (question.minimum, question.maximum) if each is not None]
    return ShownQuestion(
        question,
        kind=str(KIND_LABELS[question.kind]),
        condition=own_condition(definition, raw.get("show_if")),
        rules=tuple(
            ShownRule(
                index,
                rule.label.fr,
                themes[rule.theme],
                str(Priority(rule.priority).label),
                condition_in_words(rule.when, definition),
            )
            for index, rule in enumerate(question.raises)
        ),
        points=tuple((options.get(name, name), points) for name, points in question.scores.items()),
        limits=" – ".join(bounds),
    )


def own_condition(definition: Definition, raw: Mapping[str, Any] | None, own_question: str | None = None) -> str:
    """Return a condition of the JSON in words."""
    return condition_in_words(read_condition(definition, raw, own_question), definition)


def read_condition(
    definition: Definition, raw: Mapping[str, Any] | None, own_question: str | None = None
) -> Condition | None:
    """Read a condition of a definition that holds together."""
    if not raw:
        return None
    return parse_condition(Node(raw, ""), Known.of(definition), own_question)
