"""Proposals to balance the load, by a rule short enough to be told: a lead reads it, and decides.

Inside a point of service, the most loaded agent gives to the least loaded one, household by household, until one of
the two is at the mean of the point. Households whose language the receiver speaks and the giver does not go first;
then those the giver has known the shortest. None whose next appointment is with the giver is moved. Nothing is proposed
under a difference of `WORTH_IT` from the mean.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q

from arrimage.accounts.rights import Actor
from arrimage.casework.caseload import (
    Load,
    Weights,
    brought_to_a_full_week,
    factors_of,
    loads,
    weigh,
    weights,
    with_factors,
)
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment

WORTH_IT = Decimal("0.10")


@dataclass(frozen=True)
class _Household:
    """Files of one household with one agent: they move together."""

    files: tuple[File, ...]
    rows: tuple[dict[str, object], ...]

    @property
    def languages(self) -> set[str]:
        return {file.person.preferred_language for file in self.files}

    def weight(self, languages: frozenset[str], known: Weights) -> Decimal:
        return sum((weigh(factors_of(row, languages), known) for row in self.rows), Decimal(0))


@dataclass
class Proposal:
    """Files to give from one agent to another, and why; `before` and `after` are both loads for a full week."""

    giver: Load
    receiver: Load
    before: tuple[Decimal, Decimal]
    files: list[File] = field(default_factory=list)
    spoken: dict[str, int] = field(
        default_factory=lambda: defaultdict(int)
    )  # files, by language only the receiver speaks
    after: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))

    @property
    def lighter_by(self) -> int:
        """Return by how many hundredths the receiver's load is under the giver's, before."""
        giver, receiver = self.before
        return int(100 * (giver - receiver) / giver)


def proposals(actor: Actor) -> list[Proposal]:
    """Return what would balance the points of service of the region; nothing is changed. Seven queries."""
    found: list[Proposal] = []
    points: dict[int | None, list[Load]] = defaultdict(list)
    for load in loads(actor):
        points[load.point.pk if load.point else None].append(load)
    givers = [load for team in points.values() for load in team if load.full_week > _mean(team) * (1 + WORTH_IT)]
    households = _households(actor, givers)
    known = weights()
    for team in points.values():
        found += _balance(team, households, known)
    return found


def _mean(team: list[Load]) -> Decimal:
    hours = sum((load.hours for load in team), Decimal(0))
    return brought_to_a_full_week(sum((load.weighted for load in team), Decimal(0)), hours)


def _balance(team: list[Load], households: dict[int, list[_Household]], known: Weights) -> list[Proposal]:
    """Return the proposals of one point. Loads are followed on paper, as if each were accepted."""
    mean = _mean(team)
    found: list[Proposal] = []
    if len(team) < 2 or not mean:
        return found
    weighted = {load.agent.pk: load.weighted for load in team}

    def now(load: Load) -> Decimal:
        return brought_to_a_full_week(weighted[load.agent.pk], load.hours)

    for giver in sorted(team, key=now, reverse=True):
        left = households.get(giver.agent.pk, [])
        for receiver in sorted(team, key=now):
            if receiver is giver or now(giver) <= mean * (1 + WORTH_IT) or now(receiver) >= mean * (1 - WORTH_IT):
                continue
            proposal = Proposal(giver, receiver, (now(giver), now(receiver)))
            for household in sorted(left, key=lambda each: not _better_spoken(each, giver, receiver)):
                gained = weighted[receiver.agent.pk] + household.weight(receiver.languages, known)
                if now(giver) <= mean:
                    break
                if brought_to_a_full_week(gained, receiver.hours) > mean:
                    continue
                weighted[giver.agent.pk] -= household.weight(giver.languages, known)
                weighted[receiver.agent.pk] = gained
                proposal.files += household.files
                for language in _better_spoken(household, giver, receiver):
                    proposal.spoken[language] += len(household.files)
            if proposal.files:
                taken = {file.pk for file in proposal.files}
                left = [each for each in left if each.files[0].pk not in taken]
                proposal.after = (now(giver), now(receiver))
                found.append(proposal)
    return found


def _better_spoken(household: _Household, giver: Load, receiver: Load) -> set[str]:
    return household.languages & (receiver.languages - giver.languages)


def _households(actor: Actor, givers: list[Load]) -> dict[int, list[_Household]]:
    """Return, by giver, the households that may move, the last opened first. One query."""
    with_giver = Appointment.objects.filter(
        attendances__person=OuterRef("person"),
        agent=OuterRef("agent"),
        status=AppointmentStatus.BOOKED,
        starts_at__gte=clock.now(),
    )
    files: Any = (
        with_factors(
            File.objects.filter(
                Q(region=actor.region_id),
                agent__in=[load.agent.pk for load in givers],
                status=FileStatus.ACTIVE,
            )
        )
        .annotate(is_met=Exists(with_giver))
        .select_related("person")
        .order_by("-opened_on", "-pk")
    )
    together: dict[tuple[int | None, object], list[Any]] = defaultdict(list)
    for file in files:
        together[file.agent_id, file.household_key or -file.pk].append(file)
    found: dict[int, list[_Household]] = defaultdict(list)
    for (agent_id, _key), members in together.items():
        if agent_id is not None and not any(file.is_met for file in members):
            found[agent_id].append(_Household(tuple(members), tuple(_row(file) for file in members)))
    return found


def _row(file: Any) -> dict[str, object]:
    return {
        "person__preferred_language": file.person.preferred_language,
        "is_recent": file.is_recent,
        "is_urgent": file.is_urgent,
        "is_large": file.is_large,
    }
