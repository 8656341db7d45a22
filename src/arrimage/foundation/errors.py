"""Errors of the domain. Each carries a sentence a person can act on, already in their language."""


class DomainError(Exception):
    """Something the rules of the domain refuse. `str(error)` is shown to the person as it is."""


class NotAllowed(DomainError):
    """The actor has no right to this action or this record."""


class TransitionNotAllowed(DomainError):
    """The record is in a state from which this change is not possible."""


class Conflict(DomainError):
    """Somebody else changed or took the same thing first."""


class InvalidInput(DomainError):
    """A value is not acceptable; `field` names it, for the form or the row it came from."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
