"""What becomes of answers when the questionnaire changes under them, and from one time to the next. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.errors import InvalidInput
from arrimage.questionnaires.cleaning import clean_answer
from arrimage.questionnaires.conditions import Answers
from arrimage.questionnaires.definition import Definition, Question
from arrimage.questionnaires.rules import RaisedNeed


@dataclass(frozen=True)
class Moved:
    """The answers another version takes, and the questions (of the version left) whose answer it does not."""

    answers: dict[str, Any]
    lost: tuple[Question, ...]


def move_answers(answers: Answers, before: Definition, after: Definition) -> Moved:
    """Return what another version keeps of the answers: those whose key, kind and value it knows."""
    asked = {question.key: question for question in after.questions()}
    kept: dict[str, Any] = {}
    lost = []
    for question in before.questions():
        if answers.get(question.key) is None:
            continue
        target = asked.get(question.key)
        value = _fitting(after, target, question, answers[question.key])
        if value is None:
            lost.append(question)
        else:
            kept[question.key] = value
    return Moved(kept, tuple(lost))


def _fitting(after: Definition, target: Question | None, question: Question, answer: Any) -> Any:
    if target is None or target.kind is not question.kind:
        return None
    try:
        return clean_answer(after, target, answer)
    except InvalidInput:
        return None


class NeedChange(TextChoices):
    """What became of a need from one assessment to the next."""

    NEW = "new", _("Nouveau")
    MORE_PRESSING = "more_pressing", _("Plus pressant")
    LESS_PRESSING = "less_pressing", _("Moins pressant")
    GONE = "gone", _("N’en est plus un")


def compare_needs(before: list[RaisedNeed], after: list[RaisedNeed]) -> Iterator[tuple[NeedChange, RaisedNeed]]:
    """Yield the needs that differ between two assessments, known again by their code."""
    old = {need.code: need for need in before}
    codes = {need.code for need in after}
    for need in after:
        was = old.get(need.code)
        if was is None:
            yield NeedChange.NEW, need
        elif need.priority != was.priority:
            yield (NeedChange.MORE_PRESSING if need.priority < was.priority else NeedChange.LESS_PRESSING), need
    yield from ((NeedChange.GONE, need) for need in before if need.code not in codes)
