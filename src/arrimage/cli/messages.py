"""`arrimage messages`: translations, with Babel alone (gettext's programs are not needed).

The source language is French. `extract` writes one catalogue per other language; `compile` writes the `.mo` files,
and a French one made by rule: the non-breaking spaces of French typography, which nobody types in the sources, and
the French plural (0 is singular).
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import arrimage
from arrimage.cli.message_sources import extract, pages_of_newcomers
from arrimage.foundation.writing import french_spaces

ROLE = None

LANGUAGES = ("en", "es", "ar")
EVERYTHING = {"en"}  # languages of the whole application; the others are those of the newcomers' and public pages
LOCALE = Path(arrimage.__file__).parent / "locale"
WIDTH = 110
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sdifr]\b|\{[^{}]*\}")

Identity = tuple[str | None, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "step",
        choices=["extract", "compile", "check"],
        help="extract : des sources vers les catalogues ; compile : des catalogues vers le site ; "
        "check : ce qui manque ou ne correspond pas",
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.step == "extract":
        for language, catalog in updated_catalogs().items():
            write_catalog(catalog, po_path(language))
            left = sum(1 for message in entries(catalog) if not is_translated(message))
            print(f"{language} : {len(catalog)} textes, {left} à traduire")
        return 0
    if arguments.step == "compile":
        compile_catalogs()
        return 0
    problems = list(find_problems())
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def compiled_path(language: str) -> Path:
    return po_path(language).with_suffix(".mo")


# --- Catalogues -----------------------------------------------------------------------------------------------------
def entries(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages of a catalogue, without its header."""
    return (message for message in catalog if message.id)


def identity(message: Message) -> Identity:
    return message.context, sources(message)[0]


def sources(message: Message) -> tuple[str, ...]:
    """Return the source texts of a message: one, or the singular and the plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one for each plural form."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def is_translated(message: Message) -> bool:
    return not message.fuzzy and all(forms(message))


def read_catalog(language: str) -> Catalog:
    """Return the catalogue kept for `language`; an empty one when there is none."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def updated_catalogs() -> dict[str, Catalog]:
    """Return, for each language, the messages of the sources with the translations already made.

    A translation follows its message only when the text is the same to the letter: no guess, no obsolete entry.
    """
    extracted = extract()
    shown_to_newcomers = pages_of_newcomers()
    catalogs = {}
    for language in LANGUAGES:
        known = {identity(message): message for message in entries(read_catalog(language))}
        catalog = Catalog(locale=language, charset="utf-8")
        for source in entries(extracted):
            places = {place for place, _ in source.locations}
            if language not in EVERYTHING and not places & shown_to_newcomers:
                continue
            kept = known.get(identity(source))
            string = kept.string if kept is not None and kept.id == source.id else ""
            catalog.add(
                source.id,
                string,
                locations=source.locations,
                auto_comments=source.auto_comments,
                user_comments=kept.user_comments if kept is not None else (),
                context=source.context,
            )
        catalogs[language] = catalog
    return catalogs


def catalog_text(catalog: Catalog) -> bytes:
    """Return a catalogue as its file: file names without line numbers, no dates, an order that stays."""
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    body = BytesIO()
    write_po(body, catalog, width=WIDTH, omit_header=True, sort_by_file=True, include_lineno=False)
    return header.encode() + body.getvalue().lstrip(b"\n")


def write_catalog(catalog: Catalog, path: Path) -> None:
    text = catalog_text(catalog)
    if path.exists() and path.read_bytes() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)


# --- Compiling ------------------------------------------------------------------------------------------------------
def compile_catalogs() -> None:
    """Write the `.mo` file of every language, French included."""
    for language in LANGUAGES:
        write_compiled((m for m in entries(read_catalog(language)) if is_translated(m)), language)
    write_compiled(french_messages(entries(read_catalog("en"))), "fr")


def french_messages(messages: Iterable[Message]) -> Iterator[Message]:
    """Yield the French messages that differ from their source by typography, and every plural.

    Without an entry, gettext would use the English plural rule: « 0 personnes ».
    """
    for message in messages:
        texts = sources(message)
        typeset_texts = tuple(map(typeset, texts))
        if message.pluralizable:
            yield Message(message.id, typeset_texts, context=message.context)
        elif typeset_texts != texts:
            yield Message(message.id, typeset_texts[0], context=message.context)


def typeset(text: str) -> str:
    """Return `text` with French non-breaking spaces, its placeholders (`%(name)s`, `{name}`) left as they are."""
    placeholders = PLACEHOLDER.findall(text)
    masked = french_spaces(PLACEHOLDER.sub("\ue000", text))
    for placeholder in placeholders:
        masked = masked.replace("\ue000", placeholder, 1)
    return masked


def write_compiled(messages: Iterable[Message], language: str) -> None:
    catalog = Catalog(locale=language, charset="utf-8")
    for message in messages:
        catalog.add(message.id, message.string, context=message.context)
    content = BytesIO()
    write_mo(content, catalog)
    path = compiled_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.getvalue())


# --- Checking -------------------------------------------------------------------------------------------------------
def find_problems() -> Iterator[str]:
    """Yield, in words, what is out of date, missing or does not match in the catalogues."""
    for language, catalog in updated_catalogs().items():
        path = po_path(language)
        if not path.exists() or path.read_bytes() != catalog_text(catalog):
            yield f"{language} : {path.name} ne suit pas les sources ; lancez « arrimage messages extract »"
        for message in entries(read_catalog(language)):
            if language in EVERYTHING and not is_translated(message):
                yield f"{language} : sans traduction : {identity(message)[1]!r} ({places(message)})"
            yield from (
                f"{language} : {problem} : {identity(message)[1]!r}" for problem in placeholder_problems(message)
            )


def places(message: Message) -> str:
    return ", ".join(dict.fromkeys(place for place, _ in message.locations))


def placeholder_problems(message: Message) -> Iterator[str]:
    """Yield the placeholders a translation lacks or invents. A plural form may leave some out (« one file »)."""
    wanted = {name for text in sources(message) for name in PLACEHOLDER.findall(text)}
    for string in filter(None, forms(message)):
        found = set(PLACEHOLDER.findall(string))
        if found - wanted:
            yield f"{', '.join(sorted(found - wanted))} n’existe pas dans la source"
        if not message.pluralizable and wanted - found:
            yield f"{', '.join(sorted(wanted - found))} manque dans la traduction"
