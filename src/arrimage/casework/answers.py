"""Which answers of the assessment may travel with a referral, and what the organisation is shown of those that did.

They travel by a consent of their own, given for the organisation by name (`Purpose.ASSESSMENT_SHARING`: « mes réponses
[…] qui touchent le service demandé »). Which question goes with which theme, the questionnaire says: the theme of its
section, and those of the needs its answers give rise to.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import AssessmentStatus
from arrimage.casework.models import Need, Referral
from arrimage.directory.models import Service
from arrimage.foundation import clock
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.queries import Sharing, covering
from arrimage.questionnaires.answers_in_words import in_words
from arrimage.questionnaires.definition import Kind, Question

LET_ANSWERS_TRAVEL = (Purpose.ASSESSMENT_SHARING,)


@dataclass(frozen=True)
class TravellingAnswer:
    """An answer that may be sent: in which section, whether it is by default. A sensitive one never is."""

    key: str
    question: str
    answer: str
    section: str
    is_sensitive: bool
    by_default: bool

    def as_sent(self) -> dict[str, str]:
        """Return what a referral keeps of it."""
        return {"key": self.key, "question": self.question, "answer": self.answer}


def answers_for(need: Need, service: Service) -> list[TravellingAnswer]:
    """Return the answers of the last assessment that touch the need's theme or the service's, as French says them.

    By default only those of the need's theme leave, the sensitive ones left out.
    """
    assessment = (
        need.file.assessments.filter(status=AssessmentStatus.COMPLETED)
        .select_related("questionnaire")
        .order_by("-completed_at", "-pk")
        .first()
    )
    if assessment is None:
        return []
    definition = assessment.questionnaire.content
    wanted = {need.theme.code, *service.themes.values_list("code", flat=True)}
    found = []
    with override("fr"):
        for section in definition.sections:
            for question in section.questions:
                themes = _themes_of(question, section.theme)
                answer = in_words(question, assessment.answers.get(question.key), "fr", {})
                if answer and themes & wanted and question.kind != Kind.NEEDS:
                    found.append(
                        TravellingAnswer(
                            key=question.key,
                            question=question.label.in_language("fr"),
                            answer=answer,
                            section=section.title.in_language("fr"),
                            is_sensitive=question.sensitive,
                            by_default=need.theme.code in themes and not question.sensitive,
                        )
                    )
    return found


def _themes_of(question: Question, section_theme: str | None) -> set[str]:
    raised = {rule.theme for rule in question.raises}
    return raised | {section_theme} if section_theme else raised


def may_travel(sharings: Collection[Sharing]) -> set[Sharing]:
    """Return those of the sharings whose person lets their answers go to that organisation. One query."""
    return set(covering(sharings, LET_ANSWERS_TRAVEL))


def answers_shown(actor: Actor, referral: Referral, on: date | None = None) -> list[dict[str, str]]:
    """Return the answers that travelled with a referral `actor` sees, while the person lets the organisation read them.

    Elevated: who was sent the answers does not see the consents.
    """
    sent: list[dict[str, str]] = referral.shared.get("answers", [])
    if not sent:
        return []
    with acting_as(actor), elevated():
        person_id = Referral.objects.values_list("file__person", flat=True).get(pk=referral.pk)
        sharing = Sharing(person_id, referral.region_id, referral.organisation_id, on or clock.today())
        return sent if may_travel([sharing]) else []
