"""What a questionnaire is made of. Pure; `parsing.parse_definition` reads and checks it from JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from arrimage.foundation.writing import french_spaces
from arrimage.questionnaires.conditions import Condition
from arrimage.questionnaires.enums import Purpose

HIGHEST_LEVEL = 12  # Échelle québécoise des niveaux de compétence en français
DEFAULT_TEXT_LENGTH = 1000
PRIORITIES = (1, 2, 3)  # 1: at once; 2: in the coming weeks; 3: when possible
MOST_LISTED_NEEDS = 20
LANGUAGES = ("fr", "en", "es", "ar")  # those of the platform: a text is in French, and may be in the others


class Kind(StrEnum):
    """What sort of answer a question takes, and how the answer is stored (JSON)."""

    YES_NO = "yes_no"  # true or false
    CHOICE = "choice"  # the key of an option
    SEVERAL = "several"  # keys of options, in the order of the options
    TEXT = "text"  # text
    NUMBER = "number"  # a whole number
    DATE = "date"  # "2026-11-27"
    LEVEL = "level"  # 1 to 12
    NEEDS = "needs"  # [{"label", "theme", "priority"}]: needs that no list foresaw


class FactKind(StrEnum):
    """What sort of value a fact has."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True)
class Text:
    """A text in French, and in other languages where there is one; `reviewed` lists those somebody read over."""

    fr: str
    others: Mapping[str, str] = field(default_factory=dict, hash=False)
    reviewed: frozenset[str] = frozenset()

    def in_language(self, language: str) -> str:
        """Return the text in the language (`en`, `en-ca`), in French where it is not translated."""
        other = self.others.get(language[:2])
        return other if other is not None else french_spaces(self.fr)

    def __str__(self) -> str:
        return french_spaces(self.fr)


@dataclass(frozen=True)
class Fact:
    """Something the caller knows before anything is asked, such as the immigration category."""

    key: str
    kind: FactKind
    values: tuple[str, ...]
    meaning: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)  # French words of the values, for who edits


@dataclass(frozen=True)
class Theme:
    """A theme a need belongs to."""

    code: str
    label: Text


@dataclass(frozen=True)
class Option:
    """One answer of a `choice` or `several` question."""

    key: str
    label: Text


@dataclass(frozen=True)
class NeedRule:
    """A need some answers give rise to. Rules that share a code are one need."""

    when: Condition
    theme: str
    priority: int
    label: Text
    code: str


@dataclass(frozen=True)
class Question:
    """One question. `show_if` includes the condition of its section."""

    key: str
    label: Text
    kind: Kind
    help: Text | None = None
    options: tuple[Option, ...] = ()
    required: bool = False
    sensitive: bool = False
    show_if: Condition | None = None
    raises: tuple[NeedRule, ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict, hash=False)
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = DEFAULT_TEXT_LENGTH

    def option_keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)


@dataclass(frozen=True)
class Section:
    """Questions asked together; usually one theme."""

    key: str
    title: Text
    theme: str | None
    intro: Text | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire. `order` lists the question keys so that each comes after those its condition reads."""

    title: Text
    purpose: Purpose
    facts: tuple[Fact, ...]
    themes: tuple[Theme, ...]
    sections: tuple[Section, ...]
    order: tuple[str, ...]

    def questions(self) -> Iterator[Question]:
        """Yield the questions in the order they are asked."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question:
        """Return the question of that key; KeyError when there is none."""
        for question in self.questions():
            if question.key == key:
                return question
        raise KeyError(key)

    def theme_codes(self) -> tuple[str, ...]:
        return tuple(theme.code for theme in self.themes)


def with_themes(definition: Definition, themes: Mapping[str, str]) -> Definition:
    """Return the definition with a region's own themes (code to French label) open to needs that no list foresaw."""
    known = definition.theme_codes()
    added = tuple(Theme(code, Text(label)) for code, label in themes.items() if code not in known)
    return replace(definition, themes=definition.themes + added)
