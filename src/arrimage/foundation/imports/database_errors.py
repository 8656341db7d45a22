"""What the database says of a row it refuses, as a sentence."""

from django.apps import apps
from django.db import DatabaseError
from django.db.models import BaseConstraint
from django.utils.translation import gettext as _
from psycopg import Error


def explain(error: DatabaseError) -> tuple[str | None, str]:
    """Return the column at fault, where it is known, and a sentence.

    Raises the error again when it is not about the row's content: a lost connection, a deadlock, a mistake in a query.
    A uniqueness refusal does not say which record exists: it may be one this actor must not know of.
    """
    cause = error.__cause__
    if not isinstance(cause, Error) or cause.sqlstate is None:
        raise error
    state, diagnostic = cause.sqlstate, cause.diag
    if state == "23502":
        return diagnostic.column_name, _("Cette valeur est obligatoire.")
    if state in ("23505", "23P01"):
        return None, _own_sentence(diagnostic.constraint_name) or _(
            "Cette ligne est en conflit avec un enregistrement qui existe déjà."
        )
    if state == "23503":
        return None, _("Cette ligne renvoie à un enregistrement qui n’existe pas.")
    if state == "23514":
        return None, _own_sentence(diagnostic.constraint_name) or _(
            "Cette ligne ne respecte pas une règle de la base de données (%(name)s)."
        ) % {"name": diagnostic.constraint_name or "?"}
    if state.startswith("22"):
        return None, _("Une valeur de cette ligne est trop longue, ou hors des limites acceptées.")
    if state == "42501":
        return None, _("Cette ligne touche un enregistrement hors de votre portée.")
    if state == "P0001":
        return None, _("La base de données refuse cette ligne : %(message)s") % {
            "message": diagnostic.message_primary or ""
        }
    raise error


def _own_sentence(name: str | None) -> str | None:
    """Return the sentence a model gave to the constraint of that name, if it gave one."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                own = constraint.violation_error_message
                return None if own == BaseConstraint.default_violation_error_message else str(own)
    return None
