"""The days agents are away, said to the room of schedules, which proposes no time of theirs then."""

from collections import defaultdict
from datetime import date, timedelta

from arrimage.casework.models import Absence, AgentProfile
from arrimage.scheduling.presence import DaysAway


def days_away(regions: set[int], first: date, last: date) -> DaysAway:
    """Return, by region and agent, the days from `first` to `last` they are absent or do not work. Two queries."""
    away: DaysAway = {region: defaultdict(set) for region in regions}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    absences = Absence.objects.filter(
        region__in=regions, is_cancelled=False, starts_on__lte=last, ends_on__gte=first
    ).order_by()
    for region, agent, starts_on, ends_on in absences.values_list("region", "agent", "starts_on", "ends_on"):
        away[region][agent].update(day for day in days if starts_on <= day <= ends_on)
    profiles = AgentProfile.objects.filter(region__in=regions).order_by()
    for region, agent, worked in profiles.values_list("region", "user", "days"):
        away[region][agent].update(day for day in days if day.isoweekday() not in worked)
    return away
