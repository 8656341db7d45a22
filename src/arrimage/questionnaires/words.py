"""A questionnaire in words, for whoever edits it: conditions, places where something is wrong, what changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.enums import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.foundation.writing import french_spaces
from arrimage.questionnaires.conditions import About, AllOf, AnyOf, Condition, Not, Operator, Test
from arrimage.questionnaires.definition import Definition, Kind
from arrimage.questionnaires.nodes import InvalidDefinition

KIND_LABELS = {
    Kind.YES_NO: gettext_lazy("Oui ou non"),
    Kind.CHOICE: gettext_lazy("Un choix"),
    Kind.SEVERAL: gettext_lazy("Plusieurs choix"),
    Kind.TEXT: gettext_lazy("Texte"),
    Kind.NUMBER: gettext_lazy("Nombre"),
    Kind.DATE: gettext_lazy("Date"),
    Kind.LEVEL: gettext_lazy("Niveau de français, de 1 à 12"),
    Kind.NEEDS: gettext_lazy("Besoins hors liste"),
}


def condition_in_words(condition: Condition | None, definition: Definition) -> str:
    """Return « « Où habitez-vous ? » est « Hôtel » et le ménage compte un enfant »; nothing for no condition."""
    match condition:
        case None:
            return ""
        case Test():
            return _test(condition, definition)
        case Not(part):
            return _("sauf si %(condition)s") % {"condition": condition_in_words(part, definition)}
        case AllOf(parts) | AnyOf(parts):
            word = _(" et ") if isinstance(condition, AllOf) else _(" ou ")
            said = [condition_in_words(part, definition) for part in parts]
            nested = [
                f"({each})" if isinstance(part, AllOf | AnyOf) else each for part, each in zip(parts, said, strict=True)
            ]
            return word.join(nested)


def subject_in_words(about: About, key: str, definition: Definition) -> str:
    """Return the French words of a question, or the meaning of a fact."""
    if about is About.FACT:
        return next((fact.meaning for fact in definition.facts if fact.key == key), key)
    return french_spaces(f"« {definition.question(key).label.fr} »")


def _test(test: Test, definition: Definition) -> str:
    said = {"subject": subject_in_words(test.about, test.key, definition)}
    if test.operator is Operator.ANSWERED:
        return (_("%(subject)s a une réponse") if test.value else _("%(subject)s n’a pas de réponse")) % said
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    said["value"] = _(" ou ").join(value_in_words(test.about, test.key, value, definition) for value in values)
    match test.operator:
        case Operator.AT_LEAST:
            return _("%(subject)s : au moins %(value)s") % said
        case Operator.AT_MOST:
            return _("%(subject)s : au plus %(value)s") % said
        case _:
            return _("%(subject)s : %(value)s") % said


def value_in_words(about: About, key: str, value: Any, definition: Definition) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if about is About.QUESTION:
        options = {option.key: option.label.fr for option in definition.question(key).options}
        return french_spaces(f"« {options[value]} »") if value in options else str(value)
    labels = next((fact.labels for fact in definition.facts if fact.key == key), {})
    return french_spaces(f"« {labels[value]} »") if value in labels else str(value)


_PLACE = re.compile(r"sections\[(\d+)\](?:\.questions\[(\d+)\])?(.*)")


def refusal_in_words(error: InvalidDefinition, definition: Mapping[str, Any]) -> str:
    """Return what is wrong, naming the question: « Question « Où habitez-vous ? » : « x » n’existe pas. »"""
    message = str(error).removeprefix(_("%(place)s : %(message)s") % {"place": error.place, "message": ""})
    found = _PLACE.match(error.place)
    if not found:
        return message.strip() or str(error)
    section = definition["sections"][int(found[1])]
    if found[2] is None:
        return _("Section « %(title)s » : %(fault)s") % {"title": section["title"].get("fr", ""), "fault": message}
    question = section["questions"][int(found[2])]
    label = question.get("label", {}).get("fr") or question.get("key", "")
    part = next((words for name, words in _parts().items() if f".{name}" in found[3]), "")
    return _("Question « %(label)s »%(part)s : %(fault)s") % {"label": label, "part": part, "fault": message}


def _parts() -> dict[str, str]:
    return {
        "show_if": _(", condition d’affichage"),
        "raises": _(", besoins"),
        "options": _(", choix"),
        "scores": _(", points"),
        "label": _(", libellé"),
        "help": _(", aide"),
    }


class ChangeKind(TextChoices):
    """What happened to a question from one version to another."""

    ADDED = "added", gettext_lazy("Ajoutée")
    REMOVED = "removed", gettext_lazy("Retirée")
    CHANGED = "changed", gettext_lazy("Modifiée")


@dataclass(frozen=True)
class QuestionChange:
    """A question that differs; `parts` are what differs of it, as it was and as it is, in words."""

    kind: ChangeKind
    key: str
    label: str
    parts: tuple[tuple[str, str, str], ...] = ()


def changes_between(before: Definition, after: Definition) -> list[QuestionChange]:
    """Return the questions that differ from one version to another, in the order of the later one, then those gone."""
    old = {question.key: question for question in before.questions()}
    new = {question.key: question for question in after.questions()}
    changes = []
    for key, question in new.items():
        if key not in old:
            changes.append(QuestionChange(ChangeKind.ADDED, key, question.label.fr))
            continue
        was, now = _described(before, key), _described(after, key)
        parts = tuple((name, was[name], now[name]) for name in now if was[name] != now[name])
        if parts:
            changes.append(QuestionChange(ChangeKind.CHANGED, key, question.label.fr, parts))
    gone = [QuestionChange(ChangeKind.REMOVED, key, old[key].label.fr) for key in old if key not in new]
    return changes + gone


def _described(definition: Definition, key: str) -> dict[str, str]:
    """Return everything a question is, in words, part by part."""
    question = definition.question(key)
    section = next(each for each in definition.sections if question in each.questions)
    texts = [
        question.label,
        *([question.help] if question.help else []),
        *(option.label for option in question.options),
    ]
    rules = [
        f"{rule.label.fr} ({rule.theme}, {rule.priority}) : {condition_in_words(rule.when, definition)}"
        for rule in question.raises
    ]
    return {
        _("Section"): section.title.fr,
        _("Libellé"): question.label.fr,
        _("Genre"): str(KIND_LABELS[question.kind]),
        _("Aide"): question.help.fr if question.help else "",
        _("Choix"): " ; ".join(option.label.fr for option in question.options),
        _("Obligatoire"): _("oui") if question.required else _("non"),
        _("Délicate"): _("oui") if question.sensitive else _("non"),
        _("Affichée si"): condition_in_words(question.show_if, definition),
        _("Besoins"): " ; ".join(rules),
        _("Points"): " ; ".join(f"{name} {points}" for name, points in sorted(question.scores.items())),
        _("Limites"): f"{question.minimum}, {question.maximum}, {question.max_length}",
        _("Traductions"): " ; ".join(
            f"{code} {words}" for text in texts for code, words in sorted(text.others.items())
        ),
    }
