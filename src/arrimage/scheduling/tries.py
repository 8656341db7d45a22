"""Writes that PostgreSQL undoes so that others may go on are tried again, a few times."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, SerializationFailure

from arrimage.foundation.errors import Conflict

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
UNDONE = (DeadlockDetected, SerializationFailure)


def tried_again(work: Callable[P, R]) -> Callable[P, R]:
    """Do `work` again when the database undid it for a deadlock or a race; after `TRIES`, `Conflict` says to ask again.

    Each try is a savepoint: undone, it gives back the locks it took.
    """

    @wraps(work)
    def insist(*args: P.args, **kwargs: P.kwargs) -> R:
        for _attempt in range(TRIES):
            try:
                with transaction.atomic():
                    return work(*args, **kwargs)
            except OperationalError as error:
                if not isinstance(error.__cause__, UNDONE):
                    raise
        raise Conflict(_("Plusieurs personnes fixent des rendez-vous en ce moment. Essayez de nouveau."))

    return insist
