"""A small questionnaire, the real one, and answers to them made up by hypothesis."""

from copy import deepcopy
from functools import cache
from typing import Any

from hypothesis import strategies as st

from arrimage.questionnaires.actions import packaged_content
from arrimage.questionnaires.definition import Definition, Fact, FactKind, Kind, Question
from arrimage.questionnaires.parsing import parse_definition

SMALL: dict[str, Any] = {
    "title": {"fr": "Petit questionnaire", "en": "Small questionnaire"},
    "purpose": "assessment",
    "facts": {
        "category": {"kind": "choice", "values": ["worker", "refugee"], "meaning": "Catégorie"},
        "has_children": {"kind": "yes_no", "meaning": "Avec enfants"},
        "arrived_days": {"kind": "number", "meaning": "Jours depuis l’arrivée"},
    },
    "themes": [
        {"code": "housing", "label": {"fr": "Logement", "en": "Housing"}},
        {"code": "school", "label": {"fr": "École", "en": "School"}},
    ],
    "sections": [
        {
            "key": "housing",
            "theme": "housing",
            "title": {"fr": "Logement", "en": "Housing"},
            "questions": [
                {
                    "key": "housed",
                    "kind": "yes_no",
                    "required": True,
                    "label": {"fr": "Avez-vous un logement ?", "en": "Do you have housing?"},
                    "raises": [
                        {
                            "code": "find_housing",
                            "when": {"all": [{"equals": False}, {"fact": "arrived_days", "at_most": 30}]},
                            "priority": 1,
                            "label": {"fr": "Trouver un logement sans attendre", "en": "Find housing at once"},
                        },
                        {
                            "code": "find_housing",
                            "when": {"equals": False},
                            "priority": 2,
                            "label": {"fr": "Trouver un logement", "en": "Find housing"},
                        },
                    ],
                    "scores": {"no": 3},
                },
                {
                    "key": "rooms",
                    "kind": "number",
                    "minimum": 1,
                    "maximum": 20,
                    "required": True,
                    "show_if": {"question": "housed", "equals": True},
                    "label": {"fr": "Combien de pièces ?"},
                },
                {
                    "key": "troubles",
                    "kind": "several",
                    "show_if": {"question": "rooms", "at_most": 2},
                    "label": {"fr": "Quels problèmes ?"},
                    "options": [
                        {"key": "cold", "label": {"fr": "Froid"}},
                        {"key": "noise", "label": {"fr": "Bruit"}},
                    ],
                    "raises": [{"when": {"in": ["cold"]}, "priority": 2, "label": {"fr": "Chauffer"}}],
                    "scores": {"cold": 1, "noise": 2},
                },
                {"key": "since", "kind": "date", "label": {"fr": "Depuis quand ?"}},
                {"key": "level", "kind": "level", "label": {"fr": "Quel niveau ?"}},
                {"key": "words", "kind": "text", "max_length": 10, "label": {"fr": "En vos mots"}},
            ],
        },
        {
            "key": "school",
            "theme": "school",
            "title": {"fr": "École"},
            "show_if": {"fact": "has_children", "equals": True},
            "questions": [
                {
                    "key": "registered",
                    "kind": "choice",
                    "sensitive": True,
                    "label": {"fr": "Sont-ils inscrits ?"},
                    "options": [{"key": "all", "label": {"fr": "Tous"}}, {"key": "none", "label": {"fr": "Aucun"}}],
                    "raises": [{"when": {"equals": "none"}, "priority": 1, "label": {"fr": "Inscrire à l’école"}}],
                },
            ],
        },
        {
            "key": "other",
            "title": {"fr": "Autres besoins"},
            "questions": [{"key": "other_needs", "kind": "needs", "label": {"fr": "Autre chose ?"}}],
        },
    ],
}

SINGLE = {"category": "worker", "has_children": False, "arrived_days": 10}
FAMILY = {"category": "refugee", "has_children": True, "arrived_days": 200}


def small_json() -> dict[str, Any]:
    """Return a copy of the small questionnaire, to be broken at will."""
    return deepcopy(SMALL)


@cache
def small() -> Definition:
    return parse_definition(SMALL)


@cache
def needs_assessment() -> Definition:
    return parse_definition(dict(packaged_content())["needs_assessment"])


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "junk", 0, -1, 99, True, [], ["junk"], [{}], {"a": 1}, [["cold"]], 1.5, "2026-02-30"]
)


def facts_of(definition: Definition) -> st.SearchStrategy[dict[str, Any]]:
    """Make up facts, some of them missing."""
    return st.fixed_dictionaries({}, optional={fact.key: st.none() | value_of(fact) for fact in definition.facts})


def value_of(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind is FactKind.CHOICE:
        return st.sampled_from(fact.values)
    return st.booleans() if fact.kind is FactKind.YES_NO else st.integers(-30, 2000)


def answers_to(definition: Definition, *, junk: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Make up answers, some of them missing and, with `junk`, some of them nonsense."""
    return st.fixed_dictionaries(
        {},
        optional={
            question.key: answer_to(definition, question) | (JUNK if junk else st.nothing())
            for question in definition.questions()
        },
    )


def answer_to(definition: Definition, question: Question) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(question.option_keys() or ("none",))
    match question.kind:
        case Kind.YES_NO:
            return st.booleans()
        case Kind.CHOICE:
            return keys
        case Kind.SEVERAL:
            return st.lists(keys, unique=True)
        case Kind.NUMBER:
            return st.integers(question.minimum or 0, question.maximum or 100)
        case Kind.LEVEL:
            return st.integers(1, 12)
        case Kind.DATE:
            return st.dates().map(lambda day: day.isoformat())
        case Kind.NEEDS:
            row = {"label": st.text(max_size=40), "theme": st.sampled_from(definition.theme_codes())}
            return st.lists(st.fixed_dictionaries(row, optional={"priority": st.sampled_from([1, 2, 3])}), max_size=4)
        case _:
            return st.text(max_size=question.max_length)
