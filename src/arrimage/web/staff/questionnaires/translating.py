"""The translations of a questionnaire: which texts, how far, read over or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.questionnaires.definition import LANGUAGES
from arrimage.questionnaires.editing import texts_of
from arrimage.questionnaires.nodes import REVIEWED

TARGETS = LANGUAGES[1:]


class Review(TextChoices):
    """Where a translation is."""

    MISSING = "missing", _("À traduire")
    TO_REVIEW = "to_review", _("À relire")
    REVIEWED = "reviewed", _("Relue")


@dataclass(frozen=True)
class Progress:
    """How many texts there are, are translated, are read over."""

    texts: int
    translated: int
    reviewed: int


def review_of(text: Mapping[str, Any], language: str) -> Review:
    if not text.get(language):
        return Review.MISSING
    return Review.REVIEWED if language in text.get(REVIEWED, []) else Review.TO_REVIEW


def progress_of(definition: Mapping[str, Any], language: str) -> Progress:
    reviews = [review_of(place.text, language) for place in texts_of(definition)]
    return Progress(
        len(reviews), sum(each != Review.MISSING for each in reviews), sum(each == Review.REVIEWED for each in reviews)
    )
