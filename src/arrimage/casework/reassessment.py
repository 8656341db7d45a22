"""What changed from one assessment of a person to the next."""

from dataclasses import dataclass
from typing import Any

from arrimage.casework.enums import AssessmentStatus
from arrimage.casework.models import Assessment, File
from arrimage.questionnaires.definition import Question
from arrimage.questionnaires.moving import NeedChange, compare_needs
from arrimage.questionnaires.rules import RaisedNeed, needs_raised


@dataclass(frozen=True)
class AnswerChange:
    """A question answered otherwise than last time; None where there was, or is, no answer."""

    question: Question
    before: Any
    after: Any


@dataclass(frozen=True)
class Comparison:
    """Two completed assessments: what differs in the answers, and in the needs they raise."""

    previous: Assessment
    answers: list[AnswerChange]
    needs: list[tuple[NeedChange, RaisedNeed]]


def last_completed(file: File, before: Assessment | None = None) -> Assessment | None:
    """Return the last completed assessment of a file, or the one completed last before `before` was."""
    found = Assessment.objects.filter(file=file, status=AssessmentStatus.COMPLETED).select_related("questionnaire")
    if before is not None:
        found = found.filter(completed_at__lt=before.completed_at)
    return found.order_by("-completed_at", "-pk").first()


def compare_with_last(assessment: Assessment) -> Comparison | None:
    """Return what changed since the assessment before; None for the first one."""
    previous = last_completed(assessment.file, assessment)
    if previous is None:
        return None
    now, then = assessment.questionnaire.content, previous.questionnaire.content
    old = {question.key: question for question in then.questions()}
    asked = {question.key: question for question in now.questions()}
    answers = [
        AnswerChange(question, previous.answers.get(key), assessment.answers.get(key))
        for key, question in (old | asked).items()
        if previous.answers.get(key) != assessment.answers.get(key)
    ]
    needs = compare_needs(
        needs_raised(then, previous.answers, previous.facts), needs_raised(now, assessment.answers, assessment.facts)
    )
    return Comparison(previous, answers, list(needs))
