"""Two services side by side: each field that differs, what each says, which is proposed; a joining told in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from arrimage.directory import words
from arrimage.directory.enums import Mode, Referrer, ServiceStatus
from arrimage.directory.models import CostOption, Service, ServiceJoining
from arrimage.directory.upkeep.joining import FIELDS, parts_of, values_of
from arrimage.foundation.writing import write_language

KEPT, GONE = "kept", "gone"
_CHOICES: Mapping[str, type[TextChoices]] = {"modes": Mode, "referrers": Referrer}


@dataclass(frozen=True)
class Choice:
    """What one service says for a field; `side` is the value of its radio."""

    side: str
    words: list[str]
    checked: bool


@dataclass(frozen=True)
class Line:
    """A field in which the two differ."""

    name: str
    label: str
    choices: list[Choice]


def lines(kept: Service, gone: Service, taken: Collection[str] | None) -> list[Line]:
    """Return the fields that differ; `taken` are those taken from the one that goes, None before anything is chosen:
    then those that the one kept leaves empty."""
    found = []
    for name in FIELDS:
        said = {side: _said(service, name) for side, service in ((KEPT, kept), (GONE, gone))}
        if said[KEPT] != said[GONE]:
            ticked = GONE if (not said[KEPT] if taken is None else name in taken) else KEPT
            choices = [Choice(side, said[side] or [_("Rien d’inscrit")], side == ticked) for side in (KEPT, GONE)]
            found.append(Line(name, _label(name), choices))
    return found


def said_before(joining: ServiceJoining) -> list[tuple[str, list[str], bool]]:
    """Return what the service that went said, by field that was not empty, and whether it was taken."""
    before = joining.before[GONE]
    told = [(name, _in_words(name, [before[column] for column in FIELDS[name]])) for name in FIELDS]
    return [(_label(name), said, name in joining.chosen) for name, said in told if said]


def kinds_moved(joining: ServiceJoining) -> list[tuple[str, int]]:
    """Return by kind how many rows followed."""
    return [(str(apps.get_model(label)._meta.verbose_name_plural), len(keys)) for label, keys in joining.moved.items()]


def _label(name: str) -> str:
    together = {
        "offered": _("Offert"), "fees": _("Frais"), "eligibility": _("À qui il s’adresse"), "assured": _("Vérifié le"),
    }  # fmt: skip
    return together.get(name) or str(getattr(Service._meta.get_field(FIELDS[name][0]), "verbose_name", ""))


def _said(service: Service, name: str) -> list[str]:
    parts = [words.cost(part) if isinstance(part, CostOption) else words.rule(part) for part in parts_of(service, name)]
    return [*_in_words(name, values_of(service, name)), *parts]


def _in_words(name: str, values: Collection[Any]) -> list[str]:
    first, *others = values
    match name:
        case "offered":
            return [str(ServiceStatus.of(is_offered=first, closure=others[0]).label)]
        case "eligibility":
            return [text for text in (first, words.ages(*others)) if text]
        case "languages":
            return [", ".join(write_language(code) for code in first)] if first else []
        case "modes" | "referrers":
            return [", ".join(str(_CHOICES[name](value).label) for value in first)] if first else []
        case "assured":
            return [text for text in (str(first or ""), others[0]) if text]
    return [] if first in ("", None) else [str(first)]
