"""PDF files are kept as they are (a signature stays valid), when they hold nothing that acts or hides."""

import re
import time
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zipfile import is_zipfile

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from arrimage.attachments.errors import UploadRefused

# What runs, opens, sends or carries something else; names of the PDF standard (ISO 32000-2, 12.6 and 7.11).
ACTIVE = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/RichMedia",
     "/RichMediaExecute", "/XFA", "/AA"}
)  # fmt: skip
CARRIED = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF"})
NAMING = frozenset({"/S", "/Type", "/Subtype"})  # whose value says what a dictionary is
# The same, in the text of the file, for what a damaged table of objects would hide from the reading below: other
# readers mend a damaged table their own way. Too long to come about by chance in a compressed part.
IN_THE_TEXT = re.compile(rb"/(JavaScript|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFiles?)(?![A-Za-z])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
AFTER_THE_END = re.compile(rb"%%EOF[\s\x00]*\Z")
SECONDS = 15
DEEPEST = 60


def checked(content: bytes, name: str) -> bytes:
    """Return a PDF as it is.

    Raises `UploadRefused` when it is encrypted, runs a script or a program, acts when opened (going to a page is no
    act), holds other files, goes on after its end, does not open, or takes too long to read.
    """
    if not AFTER_THE_END.search(content[-2048:]) or is_zipfile(BytesIO(content)):
        raise UploadRefused(_("« %(name)s » est abîmé : le PDF ne finit pas comme il le doit.") % {"name": name})
    unescaped = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    found = {f"/{match.decode()}" for match in IN_THE_TEXT.findall(unescaped)}
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise UploadRefused(
                _("« %(name)s » est protégé par un mot de passe ou chiffré. Envoyez-le sans protection.")
                % {"name": name}
            )
        found |= _held(reader, name)
        if not reader.pages:
            raise UploadRefused(_("« %(name)s » n’a aucune page.") % {"name": name})
    except UploadRefused:
        raise
    except Exception as error:  # the reader raises nearly anything on what was made to break it
        raise UploadRefused(_("« %(name)s » est abîmé : le PDF ne s’ouvre pas.") % {"name": name}) from error
    if found & CARRIED:
        raise UploadRefused(
            _("« %(name)s » contient d’autres fichiers. Envoyez chaque document à part.") % {"name": name}
        )
    if found:
        raise UploadRefused(
            _(
                "« %(name)s » contient un programme ou une action automatique. "
                "Imprimez-le en PDF, puis envoyez cette copie."
            )
            % {"name": name}
        )
    return content


def _held(reader: PdfReader, name: str) -> set[str]:
    """Return the names of `ACTIVE` and `CARRIED` found in any object, reachable from the pages or not."""
    found: set[str] = set()
    until = time.monotonic() + SECONDS
    for reference in _references(reader):
        if time.monotonic() > until:
            raise UploadRefused(_("« %(name)s » est trop complexe pour être vérifié.") % {"name": name})
        _look(reader.get_object(reference), found, DEEPEST)
    if _acts_when_opened(reader):
        found.add("/OpenAction")
    return found


def _references(reader: PdfReader) -> Iterable[IndirectObject]:
    for generation, objects in list(reader.xref.items()):
        for number in list(objects):
            yield IndirectObject(number, generation, reader)
    for number in list(reader.xref_objStm):
        yield IndirectObject(number, 0, reader)


def _look(value: Any, found: set[str], depth: int) -> None:
    """Add what an object itself holds; the objects it refers to come in their turn."""
    if depth == 0:
        raise RecursionError
    if isinstance(value, DictionaryObject):
        for key, held in value.items():
            told = {key, held} if isinstance(held, str) and key in NAMING else {key}
            found |= told & (ACTIVE | CARRIED)
            _look(held, found, depth - 1)
    elif isinstance(value, ArrayObject):
        for held in list.__iter__(value):
            _look(held, found, depth - 1)


def _acts_when_opened(reader: PdfReader) -> bool:
    """Say whether opening the file does more than going to one of its pages."""
    action = reader.root_object.get("/OpenAction")
    action = action.get_object() if action is not None else None
    if action is None or isinstance(action, ArrayObject):
        return False
    return not (isinstance(action, DictionaryObject) and action.get("/S") == "/GoTo" and "/Next" not in action)
