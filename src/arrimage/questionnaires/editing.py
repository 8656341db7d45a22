"""Changing a definition piece by piece, as JSON. Pure: each function returns a new definition, never checked here.

`parsing.parse_definition` says afterwards whether what comes out holds together.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from arrimage.questionnaires.definition import LANGUAGES
from arrimage.questionnaires.nodes import REVIEWED

Json = dict[str, Any]


class Place(NamedTuple):
    """Where a question is: the index of its section, and its own."""

    section: int
    question: int


class TextPlace(NamedTuple):
    """A text to translate: its address in the JSON (`sections.0.title`), the question it belongs to, the text."""

    address: str
    question: str
    text: Mapping[str, Any]


def find(definition: Mapping[str, Any], key: str) -> Place:
    """Return where a question is; KeyError when there is none of that key."""
    for section_index, section in enumerate(definition["sections"]):
        for index, question in enumerate(section["questions"]):
            if question["key"] == key:
                return Place(section_index, index)
    raise KeyError(key)


def question_json(definition: Mapping[str, Any], key: str) -> Json:
    place = find(definition, key)
    return deepcopy(definition["sections"][place.section]["questions"][place.question])


def with_question(definition: Mapping[str, Any], question: Json, section: str, replacing: str = "") -> Json:
    """Put a question in a section: in the place of the one it replaces when that one is there, else last."""
    changed = deepcopy(dict(definition))
    target = section_json(changed, section)
    if replacing:
        place = find(changed, replacing)
        origin = changed["sections"][place.section]
        if origin is target:
            target["questions"][place.question] = question
            return changed
        del origin["questions"][place.question]
    target["questions"].append(question)
    return changed


def without_question(definition: Mapping[str, Any], key: str) -> Json:
    changed = deepcopy(dict(definition))
    place = find(changed, key)
    del changed["sections"][place.section]["questions"][place.question]
    return changed


def moved_question(definition: Mapping[str, Any], key: str, by: int) -> Json:
    """Move a question one place up (-1) or down (1); past the end of its section, it goes to the next one."""
    changed = deepcopy(dict(definition))
    place = find(changed, key)
    questions = changed["sections"][place.section]["questions"]
    target = place.question + by
    if 0 <= target < len(questions):
        questions.insert(target, questions.pop(place.question))
        return changed
    beside = place.section + by
    if 0 <= beside < len(changed["sections"]):
        neighbours = changed["sections"][beside]["questions"]
        neighbours.insert(len(neighbours) if by < 0 else 0, questions.pop(place.question))
    return changed


def section_json(definition: Mapping[str, Any], key: str) -> Json:
    """Return a section as it is in the definition; KeyError when there is none."""
    for section in definition["sections"]:
        if section["key"] == key:
            found: Json = section
            return found
    raise KeyError(key)


def with_section(definition: Mapping[str, Any], section: Json) -> Json:
    """Replace the section of the same key, or add it last."""
    changed = deepcopy(dict(definition))
    keys = [each["key"] for each in changed["sections"]]
    if section["key"] in keys:
        changed["sections"][keys.index(section["key"])] = section
    else:
        changed["sections"].append(section)
    return changed


def without_section(definition: Mapping[str, Any], key: str) -> Json:
    changed = deepcopy(dict(definition))
    changed["sections"] = [section for section in changed["sections"] if section["key"] != key]
    return changed


def moved_section(definition: Mapping[str, Any], key: str, by: int) -> Json:
    changed = deepcopy(dict(definition))
    sections = changed["sections"]
    index = [section["key"] for section in sections].index(key)
    sections.insert(max(0, index + by), sections.pop(index))
    return changed


# --- Conditions: a list of parts, all of which or one of which must hold --------------------------------------------
def parts_of(condition: Mapping[str, Any] | None) -> tuple[str, list[Any]]:
    """Return how the parts of a condition are joined (`all` or `any`) and the parts; any condition can be seen so."""
    if not condition:
        return "all", []
    for joint in ("all", "any"):
        if set(condition) == {joint}:
            return joint, list(condition[joint])
    return "all", [dict(condition)]


def joined(joint: str, parts: list[Any]) -> Json | None:
    """Return the condition these parts make; None without any."""
    if not parts:
        return None
    return dict(parts[0]) if len(parts) == 1 else {joint: parts}


# --- Texts ----------------------------------------------------------------------------------------------------------
def texts_of(definition: Mapping[str, Any]) -> Iterator[TextPlace]:
    """Yield every text that can be translated, in the order it is read."""
    yield from _texts(definition, "", "")


def _texts(value: Any, address: str, question: str) -> Iterator[TextPlace]:
    if isinstance(value, Mapping):
        if "fr" in value:
            yield TextPlace(address, question, value)
            return
        question = value["key"] if "kind" in value and "key" in value else question
        for name, inside in value.items():
            if name not in ("facts", "show_if", "when"):
                yield from _texts(inside, f"{address}.{name}" if address else name, question)
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            yield from _texts(inside, f"{address}.{index}", question)


def with_translations(
    definition: Mapping[str, Any], language: str, words: Mapping[str, str], reviewed: set[str]
) -> Json:
    """Write translations by the address of their texts; an empty one goes. `reviewed`: the addresses read over."""
    changed = deepcopy(dict(definition))
    for place in list(texts_of(changed)):
        if place.address in words and isinstance(place.text, dict):
            place.text.update(
                written({**place.text, language: words[place.address]}, language, place.address in reviewed)
            )
            for name in [language, REVIEWED]:
                if not place.text.get(name):
                    place.text.pop(name, None)
    return changed


def written(text: Mapping[str, Any], language: str, is_reviewed: bool) -> Json:
    """Return a text with the review of one of its languages said."""
    read_over = {each for each in text.get(REVIEWED, []) if each != language}
    if is_reviewed and text.get(language):
        read_over.add(language)
    return {**text, REVIEWED: sorted(read_over)}


def text_json(words: Mapping[str, str], before: Mapping[str, Any] | None = None) -> Json:
    """Return a text from what was typed in each language.

    A translation stays reviewed while neither it nor the French changed.
    """
    before = before or {}
    kept = {language: words[language].strip() for language in LANGUAGES if words.get(language, "").strip()}
    same_french = kept.get("fr") == before.get("fr")
    reviewed = [each for each in before.get(REVIEWED, []) if same_french and kept.get(each) == before.get(each)]
    return {**kept, **({REVIEWED: reviewed} if reviewed else {})}
