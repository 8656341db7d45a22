"""A new version of the questionnaire, being prepared."""

from arrimage.accounts.context import acting_as
from arrimage.accounts.rights import Actor
from arrimage.questionnaires.actions import save_draft, start_draft
from arrimage.questionnaires.editing import question_json, with_question
from arrimage.questionnaires.models import Questionnaire

QUESTIONNAIRE, SECTION, QUESTION = "needs_assessment", "housing", "housing_now"
HELP = {"fr": "L’endroit où vous dormez, même pour quelques jours.", "en": "Where you sleep, even for a few days."}


def prepare_draft(analyst: Actor) -> None:
    """Begin a draft that says one question better."""
    with acting_as(analyst):
        draft = start_draft(Questionnaire.objects.get(code=QUESTIONNAIRE))
        question = question_json(draft.definition, QUESTION) | {"help": HELP}
        changed = with_question(draft.definition, question, SECTION, replacing=QUESTION)
        save_draft(draft, changed, read_at=draft.version)
