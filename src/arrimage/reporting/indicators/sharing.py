"""Whether what was asked once is asked again: what organisations say of the answers that travelled to them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from arrimage.casework.enums import Verdict
from arrimage.casework.models import SharedAnswerReview
from arrimage.reporting.indicators.base import Group, Indicator, as_evidence, instant_within, local_day
from arrimage.reporting.period import Period
from arrimage.territory.models import Region


def answers_reviewed(region: Region, period: Period) -> QuerySet[Any]:
    """Return the answers sent that organisations spoke of in the period; not the questions they asked besides."""
    reviews = SharedAnswerReview.objects.filter(instant_within("written_at", period), referral__region=region)
    return as_evidence(reviews.exclude(verdict=Verdict.ADDED), "referral__file__number", local_day("written_at"))


def answers_asked_again(region: Region, period: Period) -> QuerySet[Any]:
    return answers_reviewed(region, period).filter(verdict=Verdict.ASKED_AGAIN)


INDICATORS = (
    Indicator(
        code="answers_asked_again",
        group=Group.PERSONS,
        kind="answer",
        label=_("Réponses redemandées par les organismes"),
        counted=ngettext_lazy("%(written)s réponse redemandée", "%(written)s réponses redemandées", "count"),
        counted_out=ngettext_lazy(
            "%(written)s réponse qui n’a pas été redemandée",
            "%(written)s réponses qui n’ont pas été redemandées",
            "count",
        ),
        definition=_(
            "Part des réponses à l’évaluation, communiquées à un organisme avec une orientation de la région et sur "
            "lesquelles il s’est prononcé pendant la période, premier et dernier jours compris, qu’il dit avoir dû "
            "redemander à la personne. Une réponse confirmée ou corrigée compte au dénominateur seulement ; c’est le "
            "dernier avis de l’organisme qui compte. Les questions posées en plus, qui n’avaient pas été communiquées, "
            "ne comptent pas."
        ),
        evidence=answers_asked_again,
        denominator=answers_reviewed,
    ),
)
