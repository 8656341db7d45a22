"""What was collected, in the formats of the archive: JSON with its schema, CSV, and a document to read."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from arrimage.engines.documents import Document, Facts, Paragraph, Section, Table, load_fonts, to_pdf
from arrimage.foundation.cells import safe_cell
from arrimage.foundation.writing import french_spaces, write_language, write_long_date, write_number, write_phone
from arrimage.privacy.portability.collecting import Collected, CollectedTable
from arrimage.privacy.portability.registry import Ground, Withheld
from arrimage.privacy.portability.values import in_words

FORMAT = "arrimage-person"
FORMAT_VERSION = 1
SCHEMA = Path(__file__).with_name("data.schema.json")
WIDEST = 6  # columns of a table one can read on a page
FOR_COMPUTERS = frozenset({"uid", "created_at", "updated_at", "person", "answers"})
WORDS_OF: dict[str, Callable[[str], str]] = {
    "preferred_language": write_language,
    "language": write_language,
    "explained_language": write_language,
    "interpreter_language": write_language,
    "phone": write_phone,
}


def to_json(collected: Collected) -> bytes:
    """Return the structured data (`data.schema.json` describes it), in UTF-8."""
    data = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_at": collected.made_at.isoformat(timespec="seconds"),
        "person": {"uid": str(collected.person.uid), "name": collected.person.full_name},
        "tables": [_table(table) for table in collected.tables],
        "withheld_tables": [
            {"name": name, "label": label, "ground": ground.value} for name, label, ground in collected.withheld_tables
        ],
        "replaced_in_texts": collected.redactions,
        "files": [name for name, _content in collected.files],
        "grounds": [{"code": ground.value, "text": str(ground.text)} for ground in Ground],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, default=_withheld).encode()


def schema() -> bytes:
    return SCHEMA.read_bytes()


def to_csv(table: CollectedTable) -> bytes:
    """Return one table as a spreadsheet opens it: UTF-8 with its mark, semicolons, French headers, ISO dates."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.label for column in table.shown])
    for row in table.rows:
        writer.writerow([_cell(row[column.name]) for column in table.shown])
    return out.getvalue().encode("utf-8-sig")


def to_document(collected: Collected) -> bytes:
    """Return everything as a tagged PDF in French, to be read rather than computed."""
    with override("fr"):
        person = collected.person
        full = [table for table in collected.tables if table.rows]
        empty = [table.label for table in collected.tables if not table.rows]
        document = Document(
            title=_("Copie des renseignements de %(name)s") % {"name": person.full_name},
            language="fr",
            author=_("Direction régionale de l’immigration"),
            page_of=_("page %(page)s de %(pages)s"),
            lead=tuple(Paragraph(french_spaces(text)) for text in _lead(collected)),
            sections=(
                *(_section(table) for table in full),
                Section(
                    _("Ce que nous ne détenons pas"),
                    (Paragraph(_("Aucun renseignement n’est inscrit sous ces titres :")), Paragraph(" ; ".join(empty))),
                ),
                _not_given(collected),
            ),
        )
    return to_pdf(document, load_fonts(settings.ROOT / "node_modules"), made_at=collected.made_at)


def readme(collected: Collected) -> bytes:
    """Return the short text that says what the files of the archive are."""
    with override("fr"):
        lines = [
            _("Copie des renseignements de %(name)s") % {"name": collected.person.full_name},
            "",
            *_lead(collected),
            "",
            _("dossier.pdf : tout, à lire."),
            _("data.json : tout, dans un format structuré que d’autres systèmes peuvent reprendre."),
            _("data.schema.json : la description de ce format (JSON Schema)."),
            _("tables/ : chaque table, à ouvrir dans un tableur (CSV, UTF-8, séparateur point-virgule)."),
            _("pieces/ : les documents versés au dossier, tels qu’ils sont conservés."),
        ]
        return "\r\n".join(french_spaces(line) for line in lines).encode("utf-8-sig")


def _lead(collected: Collected) -> list[str]:
    rows = sum(len(table.rows) for table in collected.tables)
    lead = [
        _("Voici tous les renseignements que le système Arrimage détient sur vous au %(day)s : %(rows)s, dans "
          "%(tables)s tables.")
        % {
            "day": write_long_date(collected.made_at),
            "rows": ngettext("%(n)s enregistrement", "%(n)s enregistrements", rows) % {"n": write_number(rows)},
            "tables": write_number(sum(bool(table.rows) for table in collected.tables)),
        },
        _("Vous pouvez demander qu’un renseignement inexact, incomplet ou équivoque soit rectifié, et vous adresser à "
          "la Commission d’accès à l’information si une réponse ne vous convient pas."),
        _("Les noms des membres du personnel sont donnés parce qu’ils agissent dans l’exercice de leurs fonctions. Ce "
          "qui concerne une autre personne n’y est pas ; la fin du document dit ce qui est retenu, et pourquoi."),
    ]  # fmt: skip
    if collected.redactions:
        lead.append(
            ngettext(
                "Dans les textes, %(n)s mention d’une autre personne est remplacée par « [autre personne] ».",
                "Dans les textes, %(n)s mentions d’autres personnes sont remplacées par « [autre personne] ».",
                collected.redactions,
            )
            % {"n": write_number(collected.redactions)}
        )
    return lead


def _section(table: CollectedTable) -> Section:
    """Return a table as people read it: a grid when its rows are short, else one record below the other."""
    written = [_pairs(table, row) for row in table.rows]
    names = list(dict.fromkeys(name for pairs in written for name, _words in pairs))
    if not names:
        count = ngettext("%(n)s enregistrement", "%(n)s enregistrements", len(written)) % {"n": len(written)}
        return Section(table.label, (Paragraph(count),))
    if len(written) > 1 and len(names) <= WIDEST:
        rows = tuple(tuple(dict(pairs).get(name, "") for name in names) for pairs in written)
        return Section(table.label, (Table(tuple(names), rows),))
    if len(written) == 1:
        return Section(table.label, (Facts(written[0]),))
    numbered = (Section(f"{table.label} : {place}", (Facts(pairs),)) for place, pairs in enumerate(written, start=1))
    return Section(table.label, sections=tuple(numbered))


def _pairs(table: CollectedTable, row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what is worth reading of a row: its keys, and the links between tables, are for computers."""
    pairs = []
    for column in table.shown:
        value = row[column.name]
        if column.name in FOR_COMPUTERS or value in (None, "", [], {}) or _is_link(value):
            continue
        words = WORDS_OF.get(column.name, in_words)(value) if isinstance(value, str) else in_words(value)
        pairs.append((column.label, words))
    return tuple(pairs)


def _is_link(value: Any) -> bool:
    return isinstance(value, dict) and "table" in value


def _not_given(collected: Collected) -> Section:
    parts = []
    for ground in Ground:
        columns = [
            f"{table.label} : {column.label}"
            for table in collected.tables
            for column in table.withheld
            if column.ground is ground
        ]
        tables = list(dict.fromkeys(label for _name, label, each in collected.withheld_tables if each is ground))
        if columns or tables:
            paragraphs = tuple(Paragraph(" ; ".join(part)) for part in (columns, tables) if part)
            parts.append(Section(french_spaces(str(ground.text)), paragraphs))
    return Section(_("Ce qui est retenu, et pourquoi"), sections=tuple(parts))


def _table(table: CollectedTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "label": table.label,
        "columns": [{"name": column.name, "label": column.label} for column in table.shown],
        "withheld": [
            {"name": column.name, "label": column.label, "ground": column.ground.value}
            for column in table.withheld
            if column.ground
        ],
        "rows": list(table.rows),
    }


def _withheld(value: Any) -> dict[str, str]:
    if isinstance(value, Withheld):
        return {"withheld": value.ground.value}
    raise TypeError(f"{value!r} cannot be written in JSON")


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return safe_cell(value)
        case bool():
            return _("oui") if value else _("non")
        case int() | float():
            return str(value)
        case {"label": label}:
            return safe_cell(str(label))
        case Withheld():
            return in_words(value)
        case _:
            return safe_cell(json.dumps(value, ensure_ascii=False, default=_withheld))
