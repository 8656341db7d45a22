"""How long people wait for a service: from the day they are sent to the day they are accepted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Sum

from arrimage.accounts.context import elevated
from arrimage.casework.models import Referral
from arrimage.directory.places.shortage import services_counted
from arrimage.foundation import clock

OVER_DAYS = 365
AT_LEAST = 5  # cases under which nothing is said: a mean of so few would tell of somebody


@dataclass(frozen=True)
class Wait:
    """Days waited in all by `cases` persons accepted over the last 12 months."""

    days: int = 0
    cases: int = 0

    def __add__(self, other: "Wait") -> "Wait":
        return Wait(self.days + other.days, self.cases + other.cases)

    @property
    def mean(self) -> int | None:
        """Return the mean wait in whole days, or None for too few cases."""
        return round(self.days / self.cases) if self.cases >= AT_LEAST else None


def waits_of(service_ids: Collection[int], on: date | None = None) -> Mapping[int, Wait]:
    """Return the wait for each of these services, by key; none where nobody was accepted. One query.

    Elevated: whoever keeps the directory sees how long people wait, and nobody who does.
    """
    today = on or clock.today()
    accepted = Referral.objects.filter(
        service__in=service_ids,
        answered_on__gt=today - timedelta(days=OVER_DAYS),
        answered_on__lte=today,
        decline_reason=None,
    )
    with elevated():
        waited = Sum(F("answered_on") - F("sent_on"))
        rows = accepted.order_by().values_list("service").annotate(waited=waited, cases=Count("pk"))
        return {service: Wait(days.days, cases) for service, days, cases in rows}


def waits_by_theme_and_place(region_id: int | None) -> Mapping[tuple[int, int | None], Wait]:
    """Return the wait for each theme and place of `directory.places.shortage`, by their keys. Two queries."""
    counted = services_counted(region_id)
    waits = waits_of({service for service, _theme, _place in counted})
    found: dict[tuple[int, int | None], Wait] = {}
    for service, theme, place in counted:
        found[theme, place] = found.get((theme, place), Wait()) + waits.get(service, Wait())
    return found
