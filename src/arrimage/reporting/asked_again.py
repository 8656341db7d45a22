"""How often organisations had to ask again what they had been told, by organisation and theme. Numbers, no person."""

from dataclasses import dataclass

from django.db.models import Count, Q

from arrimage.casework.enums import Verdict
from arrimage.casework.models import SharedAnswerReview
from arrimage.directory.models import Theme
from arrimage.foundation.writing import NBSP, write_number
from arrimage.reporting.indicators.base import instant_within
from arrimage.reporting.period import Period
from arrimage.territory.models import Region


@dataclass(frozen=True)
class AskedAgain:
    """One organisation and theme: how many answers it spoke of, how many of them it asked again, how many it corrected,
    and how many questions it asked besides."""

    organisation: str
    theme: str
    reviewed: int
    asked_again: int
    amended: int
    added: int

    @property
    def written_share(self) -> str:
        """Return « 25 % », a dash of nothing."""
        return "—" if self.share is None else f"{write_number(self.share)}{NBSP}%"

    @property
    def share(self) -> float | None:
        """Return the percentage of answers asked again, of those spoken of."""
        return round(100 * self.asked_again / self.reviewed, 1) if self.reviewed else None


def asked_again(region: Region, period: Period) -> list[AskedAgain]:
    """Return the table of a region and period, what is most asked again first. Two queries, over all records."""
    counted = (
        SharedAnswerReview.objects.filter(instant_within("written_at", period), referral__region=region)
        .order_by()
        .values_list("referral__organisation__name", "referral__need__theme_id")
        .annotate(
            reviewed=Count("pk", filter=~Q(verdict=Verdict.ADDED)),
            again=Count("pk", filter=Q(verdict=Verdict.ASKED_AGAIN)),
            amended=Count("pk", filter=Q(verdict=Verdict.AMENDED)),
            added=Count("pk", filter=Q(verdict=Verdict.ADDED)),
        )
    )
    themes = {theme.pk: theme.label for theme in Theme.objects.all()}
    rows = [AskedAgain(organisation, themes[theme], *counts) for organisation, theme, *counts in counted]
    return sorted(rows, key=lambda row: (-(row.share or 0), -row.reviewed, row.organisation, row.theme))
