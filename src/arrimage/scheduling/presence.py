"""Which agents are at work on a day. The room of files, which stands above this one, says who is away."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.territory.models import ServicePoint

# By agent, the days of a stretch they are not at work for a region: `away(regions, first, last)[region][agent]`.
DaysAway = dict[int, dict[int, set[date]]]
Away = Callable[[set[int], date, date], DaysAway]
_said: list[Away] = []


def declare(away: Away) -> None:
    """Say how to find the days agents are away: absences, and weekdays they do not work."""
    _said[:] = [away]


@dataclass(frozen=True)
class Team:
    """The integration agents of several points over some days, read at once (`team_of`)."""

    grants: dict[int, list[RoleGrant]] = field(default_factory=lambda: defaultdict(list))
    away: DaysAway = field(default_factory=dict)

    def at(self, point: ServicePoint, day: date) -> list[User]:
        """Return the agents at work at a point on `day`, by name."""
        away = self.away.get(point.region_id, {})
        found = {
            grant.user_id: grant.user
            for grant in self.grants[point.pk]
            if grant.starts_on <= day
            and (grant.ends_on is None or day <= grant.ends_on)
            and day not in away.get(grant.user_id, ())
        }
        return list(found.values())


def team_of(points: Sequence[ServicePoint], first: date, last: date) -> Team:
    """Return who is at work at `points` from `first` to `last`. Three queries; says days, never why."""
    grants = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first),
        starts_on__lte=last,
        service_point__in=points,
        role=Role.INTEGRATION_AGENT,
        user__is_active=True,
    ).select_related("user")
    with elevated():
        team = Team(away=_said[0]({point.region_id for point in points}, first, last))
        for grant in grants.order_by("user__name", "user_id"):
            if grant.service_point_id is not None:
                team.grants[grant.service_point_id].append(grant)
    return team
