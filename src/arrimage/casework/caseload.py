"""The load of each agent: files in hand, weighted, over the hours of their week. One rule, in the open.

A file weighs as `CaseWeight` says: one for itself, and something more for each of four things that are true of it. The
load of an agent is the sum; brought to a full week, it compares with that of a colleague who works other hours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import CaseFactor, FileStatus, Priority
from arrimage.casework.models import AgentProfile, CaseWeight, File, Need
from arrimage.casework.models.teamwork import FULL_WEEK
from arrimage.foundation import clock
from arrimage.people.models import Member
from arrimage.territory.models import ServicePoint

FIRST_MONTHS_DAYS = 91
LARGE_HOUSEHOLD = 4
Weights = Mapping[str, Decimal]


@dataclass
class Load:
    """An agent's week and what is in hand. `counts` says how many files each factor is true of."""

    agent: User
    point: ServicePoint | None
    hours: Decimal
    languages: frozenset[str]
    days: tuple[int, ...]
    counts: dict[CaseFactor, int] = field(default_factory=lambda: dict.fromkeys(CaseFactor, 0))
    weighted: Decimal = Decimal(0)

    @property
    def files(self) -> int:
        return self.counts[CaseFactor.BASE]

    @property
    def full_week(self) -> Decimal:
        """Return the load as it would be for a full week."""
        return brought_to_a_full_week(self.weighted, self.hours)


def brought_to_a_full_week(weighted: Decimal, hours: Decimal) -> Decimal:
    return (weighted * FULL_WEEK / hours).quantize(Decimal("0.1"), ROUND_HALF_UP)


def weights() -> dict[str, Decimal]:
    return {each.factor: each.weight for each in CaseWeight.objects.all()}


def weigh(factors: Iterable[str], known: Weights) -> Decimal:
    """Return the weight of a file of which these things are true, itself included."""
    return sum((known.get(factor, Decimal(0)) for factor in factors), Decimal(0))


def with_factors(files: QuerySet[File]) -> QuerySet[Any]:
    """Add to each file what makes it weigh: `is_recent`, `is_urgent`, `is_large`; and the household's key."""
    today = clock.today()
    urgent = Need.objects.filter(file=OuterRef("pk"), priority=Priority.URGENT, closed_on__isnull=True)
    household = Member.objects.filter(person=OuterRef("person"), ends_on__isnull=True).values("household")[:1]
    around = (
        Member.objects.filter(household=OuterRef("household"), ends_on__isnull=True)
        .order_by()
        .values("household")
        .annotate(count=Count("pk"))
        .values("count")
    )
    size = (
        Member.objects.filter(person=OuterRef("person"), ends_on__isnull=True)
        .annotate(size=Subquery(around))
        .order_by("pk")
        .values("size")[:1]
    )
    recent = Q(arrived_on__gte=today - timedelta(days=FIRST_MONTHS_DAYS))
    return files.annotate(
        is_recent=_said(recent),
        is_urgent=Exists(urgent),
        household_key=Subquery(household),
        household_size=Coalesce(Subquery(size), 1),
    ).annotate(is_large=_said(Q(household_size__gte=LARGE_HOUSEHOLD)))


def loads(actor: Actor) -> list[Load]:
    """Return the load of each agent `actor` may see: the region's for a lead, one's own for an agent. Four queries."""
    found = {load.agent.pk: load for load in _agents(actor)}
    known = weights()
    rows = (
        with_factors(File.objects.filter(Q(region=actor.region_id), agent__in=found, status=FileStatus.ACTIVE))
        .order_by()
        .values("agent", "person__preferred_language", "is_recent", "is_urgent", "is_large")
        .annotate(count=Count("pk"))
    )
    for row in rows:
        load = found[row["agent"]]
        factors = factors_of(row, load.languages)
        for factor in factors:
            load.counts[factor] += row["count"]
        load.weighted += weigh(factors, known) * row["count"]
    return sorted(found.values(), key=lambda load: (-load.full_week, load.agent.name))


def factors_of(row: Mapping[str, Any], languages: frozenset[str]) -> list[CaseFactor]:
    """Return what is true of a file in the hands of somebody who speaks `languages`."""
    spoken = row["person__preferred_language"]
    true = {
        CaseFactor.BASE: True,
        CaseFactor.FIRST_MONTHS: row["is_recent"],
        CaseFactor.URGENT_NEED: row["is_urgent"],
        CaseFactor.INTERPRETER: bool(spoken) and spoken not in languages,
        CaseFactor.HOUSEHOLD: row["is_large"],
    }
    return [factor for factor, holds in true.items() if holds]


def _agents(actor: Actor) -> list[Load]:
    grants = (
        RoleGrant.objects.live_on(clock.today())
        .filter(Q(region=actor.region_id), role=Role.INTEGRATION_AGENT, user__is_active=True)
        .select_related("user", "service_point")
        .order_by("pk")
    )
    if not actor.may(Right.ASSIGN_FILES):
        grants = grants.filter(user=actor.user_id)
    profiles = {each.user_id: each for each in AgentProfile.objects.filter(Q(region=actor.region_id))}
    found = {}
    for grant in grants:
        profile = profiles.get(grant.user_id) or AgentProfile(languages=["fr"])
        found[grant.user_id] = Load(
            grant.user, grant.service_point, Decimal(profile.hours), frozenset(profile.languages), tuple(profile.days)
        )
    return list(found.values())


def _said(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
