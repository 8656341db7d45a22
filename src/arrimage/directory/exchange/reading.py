"""Packages read, defensively: sizes first, then text, then structure. Nothing here knows the database."""

import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from arrimage.directory.exchange.found import Faults, Found, PackageRefused, Tables
from arrimage.directory.exchange.nesting import merge, unfold
from arrimage.directory.exchange.writing import FILES
from arrimage.foundation.imports.forgiving import shorten

DESCRIPTION = "datapackage.json"
SUFFIXES = (".json", ".zip")
_KINDS = {path: kind for kind, path in FILES.items()}
READ = {DESCRIPTION, *_KINDS}
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError)
# How a JSON file may name its lists: the standard's table, or its plural as in the standard's addresses.
_LISTS = {kind: kind for kind in FILES} | {
    "organizations": "organization",
    "services": "service",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "locations": "location",
    "contents": "service",
}


@dataclass(frozen=True)
class PackageLimits:
    """What a package may weigh (bytes), unfolded too, and how many files, objects and characters it may hold; how many
    values a JSON file may."""

    file_bytes: int = 50 * 1024 * 1024
    unfolded_bytes: int = 200 * 1024 * 1024
    ratio: int = 200
    files: int = 100
    objects: int = 1_000_000
    values: int = 4_000_000
    field_characters: int = 20_000


LIMITS = PackageLimits()


def is_package(path: Path) -> bool:
    """Say whether a path is that of a package, rather than of one table."""
    return path.is_dir() or path.suffix.lower() in SUFFIXES


def read_package(path: Path, limits: PackageLimits = LIMITS) -> Tables:
    """Return the objects of a package, by kind: a JSON file, a ZIP of CSV tables, or a folder of them.

    Raises `PackageRefused`.
    """
    faults = Faults()
    tables: Tables = {}
    try:
        if path.is_dir():
            _read_tables(lambda name: _file(path / name, limits), tables, faults, limits)
        elif path.suffix.lower() == ".zip":
            with _archive(path, limits) as archive:
                _read_tables(_reader(archive, limits), tables, faults, limits)
        else:
            _read_json(_file(path, limits), path.name, tables, faults, limits)
    except RecursionError as error:
        sentence = _("« %(file)s » emboîte trop d’objets les uns dans les autres.") % {"file": path.name}
        raise PackageRefused([sentence]) from error
    faults.check()
    if sum(map(len, tables.values())) > limits.objects:
        _too_many(limits)
    if not any(tables.values()):
        _refuse(_("« %(file)s » ne contient aucun objet de la norme HSDS.") % {"file": path.name})
    merge(tables, faults)
    faults.check()
    return tables


def _refuse(sentence: str) -> NoReturn:
    raise PackageRefused([sentence])


def _too_many(limits: PackageLimits) -> NoReturn:
    _refuse(_("Le paquet contient plus de %(limit)d objets.") % {"limit": limits.objects})


def _file(path: Path, limits: PackageLimits) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except ValueError as error:  # a name that no file can have
        raise PackageRefused([_("« %(file)s » n’est pas un nom de fichier.") % {"file": ascii(path.name)}]) from error
    except OSError as error:
        why = {"file": path.name, "why": error.strerror}
        raise PackageRefused([_("Le fichier « %(file)s » ne s’ouvre pas : %(why)s.") % why]) from error
    if len(content) > limits.file_bytes:
        values = {"file": path.name, "limit": limits.file_bytes // (1024 * 1024)}
        _refuse(_("Le fichier « %(file)s » dépasse %(limit)d Mo.") % values)
    return content


def _archive(path: Path, limits: PackageLimits) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(_file(path, limits)))
    except (*_UNREADABLE, struct.error) as error:
        sentence = _("« %(file)s » n’est pas une archive ZIP, ou elle est abîmée.") % {"file": path.name}
        raise PackageRefused([sentence]) from error


def _reader(archive: zipfile.ZipFile, limits: PackageLimits) -> Callable[[str], bytes]:
    """Return what reads a file of the archive by name, once the archive is known not to be a bomb."""
    parts = [part for part in archive.infolist() if not part.is_dir()]
    unfolded, folded = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > limits.files or unfolded > limits.unfolded_bytes or unfolded > limits.ratio * max(folded, 1_000):
        _refuse(_("L’archive est démesurée une fois décomprimée : elle n’est pas ouverte."))
    by_name: dict[str, zipfile.ZipInfo] = {}
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            _refuse(_("« %(file)s » sort de l’archive : elle n’est pas ouverte.") % {"file": shorten(part.filename)})
        if by_name.setdefault(path.name, part) is not part and path.name in READ:
            _refuse(_("Le fichier « %(file)s » est deux fois dans l’archive.") % {"file": path.name})

    def read(name: str) -> bytes:
        part = by_name.get(name)
        if part is None:
            _refuse(_("Il manque le fichier « %(file)s » au paquet.") % {"file": name})
        if part.flag_bits & 1:
            _refuse(_("L’archive est protégée par un mot de passe."))
        try:
            with archive.open(part) as file:
                return file.read(limits.unfolded_bytes + 1)  # never past the size the archive declares
        except (*_UNREADABLE, zlib.error) as error:
            raise PackageRefused([_("« %(file)s » ne se décomprime pas.") % {"file": name}]) from error

    return read


# --- JSON -----------------------------------------------------------------------------------------------------------
def _parse(content: bytes, name: str, limits: PackageLimits) -> Any:
    # By its punctuation, before each value weighs twenty times what it does here. Texts hold some: far fewer.
    if sum(content.count(mark) for mark in (b"{", b"[", b",")) > limits.values:
        _refuse(_("« %(file)s » contient plus de %(limit)d valeurs.") % {"file": name, "limit": limits.values})
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        values = {"file": name, "at": error.start}
        raise PackageRefused([_("« %(file)s » n’est pas en UTF-8 (octet %(at)d).") % values]) from error
    except json.JSONDecodeError as error:
        values = {"file": name, "line": error.lineno, "column": error.colno}
        sentence = _("« %(file)s » n’est pas du JSON : ligne %(line)d, colonne %(column)d.") % values
        raise PackageRefused([sentence]) from error
    except (RecursionError, ValueError) as error:
        raise PackageRefused([_("« %(file)s » n’est pas du JSON qui se lit.") % {"file": name}]) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _read_json(content: bytes, name: str, tables: Tables, faults: Faults, limits: PackageLimits) -> None:
    if content.count(b"{") > limits.objects:
        _too_many(limits)
    parsed = _parse(content, name, limits)
    if isinstance(parsed, list):
        unfold(tables, "service", parsed, "service", faults)
    elif isinstance(parsed, dict):
        for key, objects in parsed.items():
            if key in _LISTS:
                unfold(tables, _LISTS[key], objects, key, faults)
    else:
        _refuse(_("« %(file)s » ne contient ni objet ni liste.") % {"file": name})


# --- CSV ------------------------------------------------------------------------------------------------------------
def _read_tables(read: Callable[[str], bytes], tables: Tables, faults: Faults, limits: PackageLimits) -> None:
    description = _parse(read(DESCRIPTION), DESCRIPTION, limits)
    for kind, path in _resources(description):
        if kind in tables:
            _refuse(_("%(file)s : « %(kind)s » y est décrit deux fois.") % {"file": DESCRIPTION, "kind": kind})
        left = limits.objects - sum(map(len, tables.values()))
        tables[kind] = list(islice(_rows(kind, path, read(path), faults, limits), left + 1))
        if len(tables[kind]) > left:
            _too_many(limits)


def _resources(description: Any) -> Iterator[tuple[str, str]]:
    """Give the kinds that are read, with their files; those of the standard that we do not keep are not opened."""
    resources = description.get("resources") if isinstance(description, dict) else None
    if not isinstance(resources, list):
        _refuse(_("« %(file)s » ne décrit aucune ressource.") % {"file": DESCRIPTION})
    for rank, resource in enumerate(resources):
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(path, str) or not path or PurePosixPath(path).name != path:
            place = f"{DESCRIPTION}, resources[{rank}].path"
            _refuse(_("%(place)s : le nom d’un fichier du paquet est attendu.") % {"place": place})
        kind = _KINDS.get(path) or resource.get("name")
        if isinstance(kind, str) and kind in FILES:
            yield kind, path


def _rows(kind: str, path: str, content: bytes, faults: Faults, limits: PackageLimits) -> Iterator[Found]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = {"file": path, "line": content.count(b"\n", 0, error.start) + 1}
        raise PackageRefused([_("%(file)s, ligne %(line)d : le texte n’est pas en UTF-8.") % values]) from error
    csv.field_size_limit(max(csv.field_size_limit(), limits.field_characters))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from _objects(kind, path, reader, faults)
    except csv.Error as error:
        place = _("%(file)s, ligne %(line)d") % {"file": path, "line": reader.line_num}
        sentence = _("%(place)s : la ligne ne se lit pas (guillemet non fermé, ou cellule démesurée).")
        raise PackageRefused([sentence % {"place": place}]) from error


def _objects(kind: str, path: str, records: Iterable[list[str]], faults: Faults) -> Iterator[Found]:
    rows = iter(records)
    names = next(rows, [])
    if "id" not in names or len(set(names)) != len(names):
        faults.say(
            _("%(file)s : la première ligne doit nommer les champs, chacun une fois, dont « id ».") % {"file": path}
        )
        return
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        found = Found(kind, {}, _("%(file)s, ligne %(line)d") % {"file": path, "line": number}, is_text=True)
        if len(cells) != len(names):
            message = _("%(count)d cellules au lieu de %(expected)d, près de « %(text)s ».")
            values = {"count": len(cells), "expected": len(names), "text": shorten(cells[0])}
            faults.add(found, "", message % values)
            continue
        found.row.update(zip(names, cells, strict=True))
        yield found
