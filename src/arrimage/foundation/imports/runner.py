"""Run an import: parse everything, then write everything or nothing; dry unless told."""

from collections.abc import Hashable, Sequence
from copy import copy
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from arrimage.foundation.errors import DomainError, InvalidInput, NotAllowed
from arrimage.foundation.imports.database_errors import explain
from arrimage.foundation.imports.errors import RowRefused
from arrimage.foundation.imports.importer import ImportActor, Importer, Row
from arrimage.foundation.imports.parsing import read_rows
from arrimage.foundation.imports.reading import DEFAULT_LIMITS
from arrimage.foundation.imports.report import Counts, ImportReport, RowError
from arrimage.foundation.imports.table import Limits

# Finding each refused row means trying again: past this many, the file is refused as it stands.
_ENOUGH_REFUSALS = 100


def run_import(
    importer: Importer,
    file: BinaryIO,
    filename: str,
    actor: ImportActor,
    *,
    wet: bool = False,
    source: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> ImportReport:
    """Import a table and report on it; with any refusal, or unless `wet`, the database is left as it was.

    A dry run does all the work in a transaction it rolls back, so its counts are the wet run's. Runs of one kind wait
    for each other. Raises `NotAllowed` when the actor lacks the importer's right; a bad file raises nothing, its
    refusals are in the report. `source` says where the file comes from, to the importers that ask.
    """
    if not actor.may(importer.right):
        raise NotAllowed(_("Votre rôle ne permet pas cette action."))
    importer = copy(importer)
    importer.source = source.strip()
    report = ImportReport(importer.kind, wet=wet)
    rows = read_rows(importer, file, filename, limits, report)
    if not report.refused:
        with transaction.atomic():
            _wait_for_turn(importer.kind)
            _write(importer, rows, actor, report)
            if not report.refused:
                importer.finish(report, actor)
            if report.refused or not wet:
                transaction.set_rollback(True)
    if report.refused:
        report.counts = Counts()
    return report


def _wait_for_turn(kind: str) -> None:
    """Hold other imports of this kind until ours is done, so that both do not create the same records."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"arrimage.import.{kind}"])


def _write(importer: Importer, rows: Sequence[Row], actor: ImportActor, report: ImportReport) -> None:
    try:
        for error in importer.check_rows(rows, actor):
            report.add(error)
    except DomainError as error:
        report.add(RowError(getattr(error, "row", None), getattr(error, "field", None), str(error)))
    report.warnings += importer.remarks()
    if report.refused:
        return
    batch: list[Sequence[Row]] = []
    waiting = 0
    for unit in _units(importer, rows):
        batch.append(unit)
        waiting += len(unit)
        if waiting >= importer.batch_size:
            report.counts += _apply(importer, batch, actor, report)
            batch, waiting = [], 0
    if batch:
        report.counts += _apply(importer, batch, actor, report)
    if len(report.errors) >= _ENOUGH_REFUSALS:
        report.warnings.append(
            _("La vérification s’est arrêtée après %(count)d refus : corrigez-les, puis recommencez.")
            % {"count": len(report.errors)}
        )


def _units(importer: Importer, rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Return the rows that go together, in the order in which each group appears."""
    units: dict[Hashable, list[Row]] = {}
    for row in rows:
        unit = importer.unit(row)
        # A row on its own is keyed by its number, apart from any unit's key.
        units.setdefault((None, row.number) if unit is None else (unit,), []).append(row)
    return list(units.values())


def _apply(importer: Importer, units: Sequence[Sequence[Row]], actor: ImportActor, report: ImportReport) -> Counts:
    """Apply some units; when they are refused, halve them until each refusal is brought back to its unit."""
    if len(report.errors) >= _ENOUGH_REFUSALS:
        return Counts()
    rows = [row for unit in units for row in unit]
    try:
        with transaction.atomic():
            counts = importer.apply(rows, actor)
            connection.check_constraints()  # deferred ones too: a dry run never reaches its commit
            return counts
    except (DomainError, ValidationError, DatabaseError) as error:
        refusals = _refusals(error, rows[0])
        if len(units) == 1:
            for refusal in refusals:
                report.add(refusal)
            return Counts()
    middle = len(units) // 2
    return _apply(importer, units[:middle], actor, report) + _apply(importer, units[middle:], actor, report)


def _refusals(error: Exception, row: Row) -> list[RowError]:
    """Return what an error says of a row; raises it again when it is not about what the row contains."""
    if isinstance(error, RowRefused):
        return [RowError(error.row, error.field, str(error))]
    if isinstance(error, InvalidInput):
        return [row.error(error.field, str(error))]
    if isinstance(error, DomainError):
        return [row.error(None, str(error))]
    if isinstance(error, ValidationError):
        if not hasattr(error, "error_dict"):
            return [row.error(None, " ".join(error.messages))]
        return [
            row.error(None if field == "__all__" else field, " ".join(messages))
            for field, messages in error.message_dict.items()
        ]
    assert isinstance(error, DatabaseError)
    column, message = explain(error)
    return [row.error(column, message)]
