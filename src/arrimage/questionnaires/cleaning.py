"""Whether one value answers one question. Pure; values are JSON's, a form or an import converts to them first."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.questionnaires.conditions import is_missing
from arrimage.questionnaires.definition import (
    HIGHEST_LEVEL,
    MOST_LISTED_NEEDS,
    PRIORITIES,
    Definition,
    Kind,
    Question,
)

USUAL_PRIORITY = 2


def clean_answer(definition: Definition, question: Question, value: Any) -> Any:
    """Return the answer as it is stored, None for no answer.

    Raises `InvalidInput` with a sentence for the person; its `field` names the form's field, which for a list of
    needs is one cell: `other_needs-0-theme`.
    """
    if isinstance(value, str):
        value = value.strip()
    if is_missing(value):
        return None
    match question.kind:
        case Kind.YES_NO:
            return _yes_no(value)
        case Kind.CHOICE:
            return _choice(question, value)
        case Kind.SEVERAL:
            return _several(question, value)
        case Kind.TEXT:
            return _text(value, question.max_length)
        case Kind.NUMBER:
            return _number(value, question.minimum, question.maximum)
        case Kind.LEVEL:
            return _number(value, 1, HIGHEST_LEVEL)
        case Kind.DATE:
            return _date(value)
        case Kind.NEEDS:
            return _needs(definition, question, value)


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidInput(_("Répondez par oui ou par non."))
    return value


def _choice(question: Question, value: Any) -> str:
    if not isinstance(value, str) or value not in question.option_keys():
        raise InvalidInput(_("Choisissez une des réponses proposées."))
    return value


def _several(question: Question, value: Any) -> list[str]:
    keys = question.option_keys()
    if not isinstance(value, list | tuple) or any(each not in keys for each in value):
        raise InvalidInput(_("Choisissez parmi les réponses proposées."))
    return [key for key in keys if key in value]


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise InvalidInput(_("Écrivez un texte."))
    if len(value) > longest:
        raise InvalidInput(_("Écrivez au plus %(count)d caractères.") % {"count": longest})
    return value


def _number(value: Any, least: int | None, most: int | None) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidInput(_("Écrivez un nombre entier."))
    if least is not None and value < least:
        raise InvalidInput(_("Le nombre doit être d’au moins %(number)d.") % {"number": least})
    if most is not None and value > most:
        raise InvalidInput(_("Le nombre doit être d’au plus %(number)d.") % {"number": most})
    return value


def _date(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise InvalidInput(_("Écrivez une date, par exemple 2026-11-27.")) from error


def _needs(definition: Definition, question: Question, value: Any) -> list[dict[str, Any]] | None:
    """Keep the rows where something is written; a theme alone is an empty row of a form."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise InvalidInput(_("Écrivez une liste de besoins."))
    kept = []
    for index, row in enumerate(value):
        label = row.get("label")
        if is_missing(label.strip() if isinstance(label, str) else label):
            continue
        field = f"{question.key}-{index}"
        try:
            label = _text(label, question.max_length).strip()
        except InvalidInput as error:
            raise InvalidInput(str(error), field=f"{field}-label") from error
        if row.get("theme") not in definition.theme_codes():
            raise InvalidInput(_("Choisissez le thème de ce besoin."), field=f"{field}-theme")
        priority = row.get("priority")
        priority = USUAL_PRIORITY if is_missing(priority) else priority
        if priority not in PRIORITIES or isinstance(priority, bool):
            raise InvalidInput(_("Choisissez la priorité de ce besoin."), field=f"{field}-priority")
        kept.append({"label": label, "theme": row["theme"], "priority": priority})
    if len(kept) > MOST_LISTED_NEEDS:
        raise InvalidInput(_("Écrivez au plus %(count)d besoins.") % {"count": MOST_LISTED_NEEDS})
    return kept or None
