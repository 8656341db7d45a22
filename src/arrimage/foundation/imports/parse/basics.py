"""Texts, codes, whole numbers, choices, lists."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from arrimage.foundation.cells import unguarded
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports.columns import Parser
from arrimage.foundation.imports.forgiving import forgive, index_by_writing, shorten
from arrimage.foundation.imports.table import CellValue

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Invisible marks that addresses and numbers bring along when they are pasted; none of them is part of a name.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_SHOWN_CHOICES = 12


def as_text(cell: CellValue) -> str:
    """Return a cell as the text a person sees: « 514 » for 514.0, ISO for a date; composed, without invisible marks."""
    match cell:
        case str():
            return _INVISIBLE.sub("", unicodedata.normalize("NFC", cell)).strip()
        case bool():
            return "oui" if cell else "non"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def text(max_length: int = 200, *, lines: bool = False) -> Parser:
    """Accept any text. White space is made single; with `lines`, line ends are kept."""

    def parse(cell: CellValue) -> str:
        value = as_text(cell)
        if _CONTROL.search(value):
            raise InvalidInput(
                _("« %(value)s » contient un caractère de contrôle : retapez cette valeur.")
                % {"value": shorten(_CONTROL.sub("?", value))}
            )
        if lines:
            kept = [" ".join(line.split()) for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
            value = "\n".join(kept).strip()
        else:
            value = " ".join(value.split())
        if len(value) > max_length:
            raise InvalidInput(
                _("Ce texte a %(length)d caractères ; le plus long accepté en a %(limit)d.")
                % {"length": len(value), "limit": max_length}
            )
        return value

    return parse


def exported(item: Parser) -> Parser:
    """Accept what `item` does, and the same as our exports write it: after an apostrophe where a spreadsheet would run
    it (`foundation.cells`)."""
    return lambda cell: item(unguarded(cell) if isinstance(cell, str) else cell)


def digits(length: int) -> Parser:
    """Accept a code of exactly `length` digits, spaces forgiven; zeros a spreadsheet took from its start come back."""

    def parse(cell: CellValue) -> str:
        value = re.sub(r"\s", "", as_text(cell))
        if isinstance(cell, int | float) and not isinstance(cell, bool) and value.isdigit():
            value = value.zfill(length)
        if not re.fullmatch(rf"[0-9]{{{length}}}", value):
            raise InvalidInput(
                ngettext(
                    "« %(value)s » n’est pas un code de %(length)d chiffre.",
                    "« %(value)s » n’est pas un code de %(length)d chiffres.",
                    length,
                )
                % {"value": shorten(as_text(cell)), "length": length}
            )
        return value

    return parse


def integer(minimum: int | None = 0, maximum: int | None = 2_147_483_647) -> Parser:
    """Accept a whole number, spaces between thousands forgiven, between two bounds (included)."""

    def parse(cell: CellValue) -> int:
        value = re.sub(r"\s", "", as_text(cell))
        if isinstance(cell, bool | date | time) or not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise InvalidInput(_("« %(value)s » n’est pas un nombre entier.") % {"value": shorten(as_text(cell))})
        number = int(value)
        check_bounds(number, minimum, maximum)
        return number

    return parse


def check_bounds(value: Any, minimum: Any, maximum: Any) -> None:
    """Raise `InvalidInput` for a number out of its bounds (each may be None)."""
    if minimum is not None and value < minimum:
        raise InvalidInput(
            _("%(value)s est trop petit : le minimum est %(bound)s.") % {"value": value, "bound": minimum}
        )
    if maximum is not None and value > maximum:
        raise InvalidInput(
            _("%(value)s est trop grand : le maximum est %(bound)s.") % {"value": value, "bound": maximum}
        )


_BOOLEANS = {
    **dict.fromkeys(("oui", "o", "yes", "y", "true", "vrai", "1", "x"), True),
    **dict.fromkeys(("non", "n", "no", "false", "faux", "0"), False),
}


def boolean(cell: CellValue) -> bool:
    """Accept oui or non, yes or no, true or false, 1 or 0."""
    if isinstance(cell, bool):
        return cell
    value = _BOOLEANS.get(forgive(as_text(cell)))
    if value is None:
        raise InvalidInput(
            _("« %(value)s » n’est ni oui ni non : écrivez « oui » ou « non ».") % {"value": shorten(as_text(cell))}
        )
    return value


def uuid(cell: CellValue) -> UUID:
    """Accept a UUID in its usual form, with or without hyphens."""
    try:
        return UUID(as_text(cell))
    except ValueError:
        raise InvalidInput(
            _("« %(value)s » n’est pas un identifiant valable (forme attendue : "
              "01990000-0000-7000-8000-000000000000).")
            % {"value": shorten(as_text(cell))}
        ) from None  # fmt: skip


def choice(enum: type[Choices], *, aliases: Mapping[str, Any] | None = None) -> Parser:
    """Accept a member of `enum` by its code, or its label in French or English; `aliases` adds other writings."""

    @cache
    def writings() -> dict[str, Any]:
        labels: list[tuple[str, Any]] = []
        for language in ("fr", "en"):
            with override(language):
                labels += [(str(member.label), member) for member in enum]
        codes = [(str(member.value), member) for member in enum]
        return {
            **index_by_writing(labels),
            **index_by_writing(codes),
            **index_by_writing((writing, enum(member)) for writing, member in (aliases or {}).items()),
        }

    def parse(cell: CellValue) -> Any:
        found = writings().get(forgive(as_text(cell)))
        if found is None:
            raise InvalidInput(
                _("« %(value)s » n’est pas un choix possible. Choix : %(choices)s.")
                % {"value": shorten(as_text(cell)), "choices": _list_choices(enum)}
            )
        return found

    return parse


def _list_choices(enum: type[Choices]) -> str:
    shown = [f"{member.value} ({member.label})" for member in list(enum)[:_SHOWN_CHOICES]]
    return ", ".join(shown) + (", …" if len(enum) > _SHOWN_CHOICES else "")


def many(item: Parser, *, separator: str = "|", maximum: int = 50) -> Parser:
    """Accept several values in one cell, kept in order and once each, as a tuple."""

    def parse(cell: CellValue) -> tuple[Any, ...]:
        parts = [part.strip() for part in as_text(cell).split(separator)] if isinstance(cell, str) else [cell]
        values = tuple(dict.fromkeys(item(part) for part in parts if part != ""))
        if len(values) > maximum:
            raise InvalidInput(
                _("Cette cellule contient %(count)d valeurs ; le plus grand nombre accepté est %(limit)d.")
                % {"count": len(values), "limit": maximum}
            )
        return values

    return parse
