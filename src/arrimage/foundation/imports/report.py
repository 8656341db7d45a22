"""What an import did, or would do."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

KEPT_ERRORS = 1_000


@dataclass(frozen=True, slots=True)
class RowError:
    """One refusal. `row` is None for the file as a whole; `column` is a canonical name, or None for the whole row."""

    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        values = {"row": self.row, "column": self.column, "message": self.message}
        if self.row is None:
            return self.message
        if not self.column:
            return _("Ligne %(row)s : %(message)s") % values
        return _("Ligne %(row)s, colonne « %(column)s » : %(message)s") % values


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records were created, changed, and found already as the file says."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged)


@dataclass(slots=True)
class ImportReport:
    """The result of one import: `rows` read (blank ones apart), counts, refusals, remarks.

    With an error nothing was written, and the counts are zero. Only the first 1,000 errors are kept; `hidden_errors`
    counts the others. Messages quote cells: a report is shown to whoever gave the file, and never logged.
    """

    kind: str
    wet: bool = False
    rows: int = 0
    counts: Counts = field(default_factory=Counts)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    hidden_errors: int = 0

    @property
    def created(self) -> int:
        return self.counts.created

    @property
    def updated(self) -> int:
        return self.counts.updated

    @property
    def unchanged(self) -> int:
        return self.counts.unchanged

    @property
    def refused(self) -> bool:
        return bool(self.errors)

    def add(self, error: RowError) -> None:
        """Keep a refusal, or count it when there are too many to show."""
        if len(self.errors) < KEPT_ERRORS:
            self.errors.append(error)
        else:
            self.hidden_errors += 1

    def to_json(self) -> dict[str, Any]:
        """Return the fixed form of `docs`' contract: kind, rows, created, updated, unchanged, errors; and warnings."""
        warnings = list(self.warnings)
        if self.hidden_errors:
            warnings.append(
                _("%(count)d autres refus ne sont pas montrés : corrigez ceux-ci, puis recommencez.")
                % {"count": self.hidden_errors}
            )
        return {
            "kind": self.kind,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": [{"row": e.row, "column": e.column, "message": e.message} for e in self.errors],
            "warnings": warnings,
        }
