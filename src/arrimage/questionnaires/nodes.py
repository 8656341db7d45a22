"""A value of a definition's JSON and its place, so that every refusal names where it is wrong."""

import re
from collections.abc import Mapping, Set
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.questionnaires.definition import LANGUAGES, Text

REVIEWED = "reviewed"  # beside the languages of a text: those whose translation somebody read over
KEY = re.compile(r"[a-z][a-z0-9_]*")


class InvalidDefinition(InvalidInput):
    """A questionnaire that cannot be used; `place` (also `field`) says where it is wrong."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(_("%(place)s : %(message)s") % {"place": place, "message": message}, field=place)
        self.place = place


class Node:
    """A value of the JSON and where it was found."""

    def __init__(self, value: Any, place: str) -> None:
        self.value = value
        self.place = place

    def fail(self, message: str) -> NoReturn:
        raise InvalidDefinition(self.place, message)

    def keys(self, allowed: Set[str], required: Set[str] = frozenset()) -> set[str]:
        """Return the keys of this object; refuses unknown and missing ones."""
        if not isinstance(self.value, Mapping):
            self.fail(_("un objet est attendu."))
        present = set(self.value)
        if unknown := sorted(present - allowed):
            self.fail(_("« %(key)s » n’est pas connu ici.") % {"key": unknown[0]})
        if missing := sorted(required - present):
            self.fail(_("« %(key)s » manque.") % {"key": missing[0]})
        return present

    def at(self, key: str) -> "Node":
        return Node(self.value[key], f"{self.place}.{key}" if self.place else key)

    def get(self, key: str) -> "Node | None":
        return self.at(key) if key in self.value else None

    def items(self) -> "list[Node]":
        """Return the elements of this list; refuses an empty one."""
        if not isinstance(self.value, list) or not self.value:
            self.fail(_("une liste non vide est attendue."))
        return [Node(value, f"{self.place}[{index}]") for index, value in enumerate(self.value)]

    def key_name(self) -> str:
        if not isinstance(self.value, str) or not KEY.fullmatch(self.value):
            self.fail(_("une clé est attendue (minuscules sans accent, chiffres et « _ »)."))
        return self.value

    def one_of(self, allowed: tuple[str, ...]) -> str:
        if not isinstance(self.value, str) or self.value not in allowed:
            self.fail(_("une de ces valeurs est attendue : %(values)s.") % {"values": ", ".join(allowed)})
        return self.value

    def whole_number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.fail(_("un nombre entier est attendu."))
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail(_("true ou false est attendu."))
        return self.value

    def string(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail(_("un texte est attendu."))
        return self.value

    def text(self) -> Text:
        if not isinstance(self.value, Mapping) or "fr" not in self.value:
            self.fail(_('un texte est attendu, au moins en français ({"fr": …}).'))
        self.keys({*LANGUAGES, REVIEWED}, {"fr"})
        translations = {language: self.at(language).string() for language in self.value if language != REVIEWED}
        reviewed = self.get(REVIEWED)
        read_over = {each.one_of(tuple(translations)) for each in reviewed.items()} if reviewed else set()
        return Text(translations.pop("fr"), translations, frozenset(read_over))
