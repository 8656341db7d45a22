"""What a questionnaire does with answers: which questions show, which answers stand, which needs come out. Pure."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.questionnaires.cleaning import clean_answer
from arrimage.questionnaires.conditions import Answers, Condition, Facts, holds, simplify
from arrimage.questionnaires.definition import Definition, Kind, Question, Text


class CheckedAnswers(NamedTuple):
    """The answers that stand, and a sentence for each question (or cell of a list of needs) that is wrong."""

    cleaned: dict[str, Any]
    errors: dict[str, str]


@dataclass(frozen=True)
class RaisedNeed:
    """A need the answers give rise to. `code` stays the same from one assessment to the next."""

    theme: str
    priority: int
    label: Text
    code: str
    question: str


class Possibility(NamedTuple):
    """A question that these facts allow, and the condition on other answers that is left, if any."""

    question: Question
    show_if: Condition | None


class Progress(NamedTuple):
    """How far a section is."""

    answered: int
    shown: int


@dataclass(frozen=True)
class _Passage:
    """One pass over the questions, in the order their conditions ask for."""

    shown: frozenset[str]
    cleaned: dict[str, Any]
    errors: dict[str, str]


def visible_questions(definition: Definition, answers: Answers, facts: Facts) -> list[Question]:
    """Return the questions to ask, in order. The answer to a hidden question counts as missing for the others."""
    shown = _pass_over(definition, answers, facts).shown
    return [question for question in definition.questions() if question.key in shown]


def check_answers(definition: Definition, answers: Answers, facts: Facts, *, complete: bool = True) -> CheckedAnswers:
    """Return the answers that stand and what is wrong with the others.

    Answers to hidden or unknown questions are dropped without a word. With `complete=False` (a draft) compulsory
    questions may wait; what is answered must still be right.
    """
    passage = _pass_over(definition, answers, facts)
    errors = dict(passage.errors)
    if complete:
        missing = _missing(definition, passage)
        errors |= {question.key: _("Cette question attend une réponse.") for question in missing}
    return CheckedAnswers(passage.cleaned, errors)


def needs_raised(definition: Definition, answers: Answers, facts: Facts) -> list[RaisedNeed]:
    """Return the needs these answers give rise to, the most urgent first, then in the order of the questions.

    An unanswered question raises nothing, whatever its rules: silence is not a need. Rules that share a code make
    one need, the most urgent. Needs that no list foresaw are included.
    """
    cleaned = _pass_over(definition, answers, facts).cleaned
    raised: dict[str, RaisedNeed] = {}
    for question in definition.questions():
        if question.key not in cleaned:
            continue
        for need in (*_by_rule(question, cleaned, facts), *_as_listed(question, cleaned[question.key])):
            if need.code not in raised or need.priority < raised[need.code].priority:
                raised[need.code] = need
    rank = {question.key: index for index, question in enumerate(definition.questions())}
    return sorted(raised.values(), key=lambda need: (need.priority, rank[need.question]))


def possible_questions(definition: Definition, facts: Facts) -> list[Possibility]:
    """Return the questions that some answers could bring up, given these facts: what a form must contain."""
    possible: dict[str, Condition | None] = {}
    questions = {question.key: question for question in definition.questions()}
    for key in definition.order:
        left = simplify(questions[key].show_if, {}, facts, undecided=possible)
        if left is not False:
            possible[key] = None if left is True else left
    return [Possibility(question, possible[key]) for key, question in questions.items() if key in possible]


def progress(definition: Definition, answers: Answers, facts: Facts) -> dict[str, Progress]:
    """Return, by section key, how many of the questions shown are answered; sections with none shown are left out."""
    passage = _pass_over(definition, answers, facts)
    result = {}
    for section in definition.sections:
        shown = [question.key for question in section.questions if question.key in passage.shown]
        if shown:
            result[section.key] = Progress(sum(key in passage.cleaned for key in shown), len(shown))
    return result


def total_score(definition: Definition, answers: Answers, facts: Facts) -> int:
    """Return the sum of the points of the answers, for questionnaires that give points; 0 otherwise."""
    cleaned = _pass_over(definition, answers, facts).cleaned
    return sum(
        question.scores.get(name, 0)
        for question in definition.questions()
        if question.key in cleaned
        for name in _names_of(cleaned[question.key])
    )


def _pass_over(definition: Definition, answers: Answers, facts: Facts) -> _Passage:
    questions = {question.key: question for question in definition.questions()}
    found: dict[str, Any] = {}
    wrong: dict[str, tuple[str, str]] = {}
    shown = set()
    for key in definition.order:
        question = questions[key]
        if not holds(question.show_if, found, facts):
            continue
        shown.add(key)
        try:
            value = clean_answer(definition, question, answers.get(key))
        except InvalidInput as error:
            wrong[key] = (error.field or key, str(error))
        else:
            if value is not None:
                found[key] = value
    return _Passage(
        shown=frozenset(shown),
        cleaned={key: found[key] for key in questions if key in found},
        errors=dict(wrong[key] for key in questions if key in wrong),
    )


def _missing(definition: Definition, passage: _Passage) -> Iterator[Question]:
    for question in definition.questions():
        unanswered = question.key in passage.shown and question.key not in passage.cleaned
        if question.required and unanswered and not any(_is_about(field, question) for field in passage.errors):
            yield question


def _is_about(field: str, question: Question) -> bool:
    return field == question.key or field.startswith(f"{question.key}-")


def _by_rule(question: Question, cleaned: Answers, facts: Facts) -> Iterator[RaisedNeed]:
    for rule in question.raises:
        if holds(rule.when, cleaned, facts):
            yield RaisedNeed(rule.theme, rule.priority, rule.label, rule.code, question.key)


def _as_listed(question: Question, answer: Any) -> Iterator[RaisedNeed]:
    """Yield the needs written by hand; the code comes from the words, so that the same need is known again."""
    for row in answer if question.kind is Kind.NEEDS else []:
        words = f"{row['theme']} {row['label'].casefold()}"
        code = f"{question.key}_{hashlib.sha256(words.encode()).hexdigest()[:12]}"
        yield RaisedNeed(row["theme"], row["priority"], Text(row["label"]), code, question.key)


def _names_of(answer: Any) -> list[str]:
    if isinstance(answer, bool):
        return ["yes" if answer else "no"]
    return [str(each) for each in answer] if isinstance(answer, list) else [str(answer)]
