"""What an import refuses: a whole file, or one of its rows."""

from arrimage.foundation.errors import DomainError, InvalidInput


class FileRefused(DomainError):
    """The file cannot be read as a table. The sentence says why and what to do.

    `row` is the row at fault, where one is known (the titles are row 1); `column` likewise.
    """

    def __init__(self, message: str, *, row: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.row = row
        self.column = column


class RowRefused(InvalidInput):
    """One row cannot be imported: raised by `Importer.apply` when it knows which.

    Any other `DomainError` raised there is brought back to its row by the runner.
    """

    def __init__(self, message: str, *, row: int, column: str | None = None) -> None:
        super().__init__(message, field=column)
        self.row = row
