"""What is read of a package, each object with its place in the files; and the faults, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from arrimage.directory.exchange.shapes import Json
from arrimage.foundation.errors import DomainError
from arrimage.foundation.imports.forgiving import shorten

ENOUGH = 100


@dataclass(slots=True)
class Found:
    """An object as the file has it: `place` says where (« services.csv, ligne 3 », « service[2].phones[0] »).

    `is_text` where the file knows text only (CSV): numbers and lists are then read from it.
    """

    kind: str
    row: Json
    place: str
    is_text: bool = False
    themes: list[str] = field(default_factory=list)


Tables = dict[str, list[Found]]


class PackageRefused(DomainError):
    """The package is not written: `faults` are sentences, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults[0])
        self.faults = faults


class Faults:
    """The faults of one package. Past a hundred of them, reading stops: they are of one kind."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, found: Found, name: str, message: str) -> None:
        place = f"{found.place}, « {name} »" if name else found.place
        self.say(_("%(place)s : %(message)s") % {"place": place, "message": message})

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)
        if len(self.sentences) >= ENOUGH:
            self.check()

    def dangling(self, found: Found, name: str, value: Any) -> None:
        message = _("« %(value)s » n’est l’identifiant de rien dans ce paquet.") % {"value": shorten(str(value))}
        self.add(found, name, message)

    def choice(self, found: Found, name: str, value: Any, choices: Iterable[str]) -> None:
        values = {"value": shorten(str(value)), "choices": ", ".join(choices)}
        self.add(found, name, _("« %(value)s » n’est pas un choix. Choix : %(choices)s.") % values)

    def check(self) -> None:
        """Raise `PackageRefused` when there is any fault."""
        if self.sentences:
            raise PackageRefused(self.sentences)
