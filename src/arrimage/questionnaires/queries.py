"""Reading questionnaires. They hold nothing about anybody, so whoever is signed in may read them."""

from django.utils.translation import gettext as _

from arrimage.foundation.errors import DomainError
from arrimage.questionnaires.models import Questionnaire, QuestionnaireVersion


class QuestionnaireNotPublished(DomainError):
    """No published version has this code."""


def current_version(code: str) -> QuestionnaireVersion:
    """Return the version to ask today: the latest one published. Raises `QuestionnaireNotPublished`."""
    version = (
        QuestionnaireVersion.objects.filter(questionnaire__code=code, published_at__isnull=False)
        .select_related("questionnaire")
        .order_by("-number")
        .first()
    )
    if version is None:
        raise QuestionnaireNotPublished(_("Le questionnaire « %(code)s » n’est pas publié.") % {"code": code})
    return version


def draft_of(code: str) -> QuestionnaireVersion | None:
    """Return the version of a questionnaire that somebody is drafting, if any."""
    return (
        QuestionnaireVersion.objects.filter(questionnaire__code=code, published_at__isnull=True)
        .select_related("questionnaire")
        .first()
    )


def answered_in_the_past(version: QuestionnaireVersion, key: str) -> list[int]:
    """Return the numbers of the published versions that ask a question: they keep it, whatever becomes of it here."""
    published = QuestionnaireVersion.objects.filter(
        questionnaire_id=version.questionnaire_id, published_at__isnull=False
    ).order_by("number")
    return [each.number for each in published if any(question.key == key for question in each.content.questions())]


def every_key(questionnaire: Questionnaire) -> set[str]:
    """Return the keys of all questions of all versions: a key is one question's for ever."""
    return {
        question["key"]
        for definition in questionnaire.versions.values_list("definition", flat=True)
        for section in definition["sections"]
        for question in section["questions"]
    }
