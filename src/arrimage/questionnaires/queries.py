"""Reading questionnaires. They hold nothing about anybody, so whoever is signed in may read them."""

from django.utils.translation import gettext as _

from arrimage.foundation.errors import DomainError
from arrimage.questionnaires.models import QuestionnaireVersion


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
