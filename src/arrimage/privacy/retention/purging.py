"""Carrying out an approved destruction, as the owner of the database: the web's role cannot.

Batch by batch, each in its own transaction: an interrupted run is taken up again where it stopped, and what was done is
counted. A record that is no longer due is left, and said so. At the end, what is left is figures about nobody, and a
certificate.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as
from arrimage.accounts.rights import Actor, system_actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.closure import destroy, rows_hanging_on, scrub_history, without_append_only
from arrimage.privacy.retention.enums import RUN_TRANSITIONS, Ending, ItemState, LeftBecause, RunStatus
from arrimage.privacy.retention.models import Certificate, DueRecord, RetentionRun, RunEvent, Statistic, Tally
from arrimage.privacy.retention.queries import held, of_region
from arrimage.privacy.retention.rules import CertificateLine, Figure, digest_of, merge_small_cells

BATCH = 100
PURGER = "arrimage purge"
SCRUBBED = "history_lines"  # the dimension under which a tally counts lines of history


@dataclass
class Outcome:
    """What an execution did, or would do: destroyed and left, by kind; the certificate once all is done."""

    destroyed: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    already_done: bool = False
    certificate: Certificate | None = None


def purger() -> Actor:
    return system_actor(PURGER)


def rehearse(run: RetentionRun) -> Outcome:
    """Return what an execution would do now, and change nothing. Raises as `execute` does."""
    _require_ready(run)
    outcome = Outcome(already_done=run.status == RunStatus.EXECUTED)
    with acting_as(purger()):
        for figure in _figures(run):
            for items in _batches(run, figure):
                _sort(run, figure, items, outcome)
    return outcome


def execute(run: RetentionRun, *, executed_by: str) -> Outcome:
    """Destroy what the approved run lists and is still due. A run already executed is left as it is, and said so.

    Raises `NotAllowed` for one that is not approved, `Conflict` when its list is not the one that was approved, or
    when it is being executed elsewhere.
    """
    outcome = Outcome()
    with _alone(run):
        run = RetentionRun.objects.get(pk=run.pk)
        _require_ready(run)
        if run.status == RunStatus.EXECUTED:
            return Outcome(already_done=True, certificate=run.certificate)
        if run.status == RunStatus.APPROVED:
            with acting_as(purger(), reason=str(run.uid)):
                _advance(run, RunStatus.EXECUTING)
        for figure in _figures(run):
            while _next_batch(run, figure, outcome):
                pass
        with acting_as(purger(), reason=str(run.uid)):
            outcome.certificate = _conclude(run, executed_by)
    return outcome


def _next_batch(run: RetentionRun, figure: Figure, outcome: Outcome) -> bool:
    """Destroy one batch of a kind in one transaction; say whether there was one."""
    kind = kinds.kind_of(figure.kind)
    with acting_as(purger(), reason=str(run.uid)), without_append_only():
        items = list(_waiting(run, figure).select_for_update()[:BATCH])
        if not items:
            return False
        going = _sort(run, figure, items, outcome)
        DueRecord.objects.bulk_update(
            [item for item in items if item.state == ItemState.LEFT], ["state", "left_because"]
        )
        present = [item.record_id for item in going]
        if figure.ending == Ending.ANONYMISE:
            _count(run, kind, present)
        done = kind.destroy(present) if kind.destroy else destroy(rows_hanging_on(kind.model, present))
        _forget(kind, going)
        _add(run, "", 0, SCRUBBED, "", done.scrubbed)
    return True


def _sort(run: RetentionRun, figure: Figure, items: list[DueRecord], outcome: Outcome) -> list[DueRecord]:
    """Return the items that are still due; say of the others, not saved yet, why they are left.

    One that is no longer there went with another record of the list: it is destroyed.
    """
    kind = kinds.kind_of(figure.kind)
    keys = [item.record_id for item in items]
    due = of_region(kind, kind.due(figure.last_day), run.region).filter(pk__in=keys)
    waiting = set(held(kind, due).values_list("pk", flat=True))
    still = set(due.values_list("pk", flat=True)) - waiting
    there = set(kind.model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    going = []
    for item in items:
        if item.record_id in still or item.record_id not in there:
            going.append(item)
            continue
        item.state = ItemState.LEFT
        item.left_because = LeftBecause.HELD if item.record_id in waiting else LeftBecause.CHANGED
    outcome.destroyed[figure.kind] += len(going)
    outcome.left[figure.kind] += len(items) - len(going)
    return going


def _waiting(run: RetentionRun, figure: Figure) -> "QuerySet[DueRecord]":
    return DueRecord.objects.filter(run=run, kind=figure.kind, state=ItemState.DUE).order_by("pk")


def _batches(run: RetentionRun, figure: Figure) -> Iterator[list[DueRecord]]:
    """Yield the items of a kind that wait, by batches."""
    after = 0
    while items := list(_waiting(run, figure).filter(pk__gt=after)[:BATCH]):
        yield items
        after = items[-1].pk


def _count(run: RetentionRun, kind: kinds.Kind, keys: list[int]) -> None:
    """Add what is worth knowing of records before they go, to the run's own count."""
    if kind.facts is None:
        return
    cells = Counter(kind.facts(keys))
    for (year, dimension, value), count in cells.items():
        _add(run, kind.code, year, dimension, value, count)


def _add(run: RetentionRun, kind: str, year: int, dimension: str, value: str, count: int) -> None:
    if not count:
        return
    cell, created = Tally.objects.get_or_create(
        run=run, kind=kind, year=year, dimension=dimension, value=value, defaults={"count": count}
    )
    if not created:
        Tally.objects.filter(pk=cell.pk).update(count=F("count") + count)


def _forget(kind: kinds.Kind, items: list[DueRecord]) -> None:
    """Erase the lines of the lists, this run's and others', that named destroyed records."""
    lines = DueRecord.objects.filter(kind=kind.code, record_id__in=[item.record_id for item in items])
    keys = list(lines.values_list("pk", flat=True))
    lines.delete()
    scrub_history({DueRecord._meta.db_table: keys})


def _conclude(run: RetentionRun, executed_by: str) -> Certificate:
    """Write the figures and the certificate of a run whose list is done."""
    tallies = list(Tally.objects.filter(run=run))
    scrubbed = sum(tally.count for tally in tallies if tally.dimension == SCRUBBED)
    for code in {tally.kind for tally in tallies if tally.kind}:
        cells = {(each.year, each.dimension, each.value): each.count for each in tallies if each.kind == code}
        Statistic.objects.bulk_create(
            Statistic(run=run, region=run.region, kind=code, year=year, dimension=dimension, value=value, count=count)
            for (year, dimension, value), count in merge_small_cells(cells).items()
        )
    keys = [tally.pk for tally in tallies]
    Tally.objects.filter(pk__in=keys).delete()
    scrub_history({Tally._meta.db_table: keys})
    lines = [_line(run, figure) for figure in _figures(run)]
    _advance(run, RunStatus.EXECUTED)
    if run.approved_by is None or run.approved_at is None:  # the database refuses it already
        raise NotAllowed(_("Cette destruction n’est pas approuvée."))
    year = clock.today().year
    certificate = Certificate(
        run=run,
        region=run.region,
        number=f"DST-{year}-{Certificate.objects.filter(number__startswith=f'DST-{year}-').count() + 1:04}",
        lines=[line.to_json() for line in lines],
        destroyed=sum(line.destroyed for line in lines),
        left=sum(line.left for line in lines),
        scrubbed=scrubbed,
        prepared_by=run.prepared_by.name,
        prepared_at=run.prepared_at,
        approved_by=run.approved_by.name,
        approved_at=run.approved_at,
        executed_by=executed_by,
        digest=run.digest,
    )
    certificate.save()
    return certificate


def _line(run: RetentionRun, figure: Figure) -> CertificateLine:
    left = DueRecord.objects.filter(run=run, kind=figure.kind, state=ItemState.LEFT).count()
    return CertificateLine(
        kind=figure.kind,
        label=str(kinds.kind_of(figure.kind).label),
        months=figure.months,
        ending=figure.ending,
        basis=figure.basis,
        cutoff=figure.cutoff,
        listed=figure.count,
        destroyed=figure.count - left,
        left=left,
    )


def _figures(run: RetentionRun) -> list[Figure]:
    return [figure for each in run.figures if (figure := Figure.from_json(each)).count]


def _require_ready(run: RetentionRun) -> None:
    if run.status in (RunStatus.PREPARED, RunStatus.CANCELLED):
        raise NotAllowed(
            _("Cette destruction n’est pas approuvée (état : %(status)s).") % {"status": run.get_status_display()}
        )
    unknown = [figure.kind for figure in _figures(run) if not kinds.known(figure.kind)]
    if unknown:
        raise Conflict(
            _("Des genres d’enregistrement ne sont plus connus : %(kinds)s.") % {"kinds": ", ".join(unknown)}
        )
    if run.status == RunStatus.APPROVED:
        lines = DueRecord.objects.filter(run=run).values_list("kind", "record_id", "since")
        if digest_of(lines) != run.digest:
            raise Conflict(_("La liste n’est plus celle qui a été approuvée : abandonnez cette destruction."))


def _advance(run: RetentionRun, to: RunStatus) -> None:
    before = run.status
    RUN_TRANSITIONS.check(before, to)
    run.status = to
    run.save(update_fields=["status"])
    RunEvent.of(purger(), before, to, run=run).save()


@contextmanager
def _alone(run: RetentionRun) -> Iterator[None]:
    """Make sure that nobody else executes this run, on this connection's session."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext('arrimage purge'), %s)", [run.pk % 2**31])
        if cursor.fetchone() != (True,):
            raise Conflict(_("Cette destruction est déjà en cours d’exécution."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(hashtext('arrimage purge'), %s)", [run.pk % 2**31])
