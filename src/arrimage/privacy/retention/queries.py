"""Who sees the rules, the runs and the certificates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.privacy.consents.rules import months_later
from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.models import Certificate, DueRecord, RetentionRule, RetentionRun, Statistic
from arrimage.privacy.retention.persons import held_persons
from arrimage.privacy.retention.rules import Figure
from arrimage.territory.models import Region


def rules_visible_to(actor: Actor) -> QuerySet[RetentionRule]:
    """Return the rules, for who protects the information and who approves destructions."""
    sees = actor.may(Right.MANAGE_PRIVACY) or actor.may(Right.APPROVE_DESTRUCTION)
    return RetentionRule.objects.all() if sees else RetentionRule.objects.none()


def runs_visible_to(actor: Actor) -> QuerySet[RetentionRun]:
    """Return every run for who protects the information of Québec, their region's for who approves."""
    if not (actor.may(Right.MANAGE_PRIVACY) or actor.may(Right.APPROVE_DESTRUCTION)):
        return RetentionRun.objects.none()
    runs = RetentionRun.objects.all()
    return runs if actor.region_id is None else runs.filter(region_id=actor.region_id)


def due_visible_to(actor: Actor) -> QuerySet[DueRecord]:
    return DueRecord.objects.filter(run__in=runs_visible_to(actor))


def certificates_visible_to(actor: Actor) -> QuerySet[Certificate]:
    return Certificate.objects.filter(run__in=runs_visible_to(actor))


def statistics_visible_to(actor: Actor) -> QuerySet[Statistic]:
    return Statistic.objects.filter(run__in=runs_visible_to(actor))


@dataclass(frozen=True)
class DueKind:
    """What is due of one kind: the records (annotated `since`, `reference`), and how many more must wait."""

    kind: kinds.Kind
    rule: RetentionRule
    cutoff: date
    records: "QuerySet[Any]"
    held: int

    def figure(self, count: int, oldest: date | None) -> Figure:
        return Figure(
            kind=self.kind.code,
            months=self.rule.months,
            ending=self.rule.ending,
            basis=self.rule.basis,
            cutoff=self.cutoff.isoformat(),
            count=count,
            oldest=oldest.isoformat() if oldest else "",
            held=self.held,
        )


def what_is_due(region: Region | None, as_of: date) -> Iterator[DueKind]:
    """Yield what is due on `as_of` in a region (None: what belongs to none), by kind; the caller may see it."""
    for rule in RetentionRule.objects.filter(is_active=True).order_by("kind"):
        if not kinds.known(rule.kind):
            continue
        kind = kinds.kind_of(rule.kind)
        if region is not None and kind.region is None:
            continue
        cutoff = months_later(as_of, -rule.months)
        records = of_region(kind, kind.due(cutoff), region)
        waiting = held(kind, records)
        yield DueKind(kind, rule, cutoff, records.exclude(pk__in=waiting.values("pk")), waiting.count())


def of_region(kind: kinds.Kind, records: "QuerySet[Any]", region: Region | None) -> "QuerySet[Any]":
    """Keep the records of a region; those of none, without one."""
    if kind.region is None:
        return records
    return records.filter(**({kind.region: region} if region is not None else {f"{kind.region}__isnull": True}))


def held(kind: kinds.Kind, records: "QuerySet[Any]") -> "QuerySet[Any]":
    """Keep the records whose persons may not be purged yet."""
    if kind.persons is None:
        return records.none()
    condition = Q(pk__in=[])
    for persons in held_persons().values():
        condition |= Q(**{f"{kind.persons}__in": persons})
    return records.filter(condition)
