"""Reading a definition from JSON. Every refusal names the place: `sections[2].questions[0].show_if: …`."""

from collections.abc import Callable, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from arrimage.questionnaires.conditions import About, AllOf, AnyOf, Condition, Not, Operator, Test, questions_in
from arrimage.questionnaires.definition import (
    DEFAULT_TEXT_LENGTH,
    HIGHEST_LEVEL,
    PRIORITIES,
    Definition,
    Fact,
    FactKind,
    Kind,
    NeedRule,
    Option,
    Question,
    Section,
    Theme,
)
from arrimage.questionnaires.enums import Purpose
from arrimage.questionnaires.nodes import InvalidDefinition, Node

T = TypeVar("T")

_CHOOSING = {Operator.EQUALS, Operator.IN, Operator.ANSWERED}
_COUNTING = {*_CHOOSING, Operator.AT_LEAST, Operator.AT_MOST}
OPERATORS: dict[str, set[Operator]] = {
    Kind.YES_NO: {Operator.EQUALS, Operator.ANSWERED},
    Kind.CHOICE: _CHOOSING,
    Kind.SEVERAL: {Operator.IN, Operator.ANSWERED},
    Kind.TEXT: {Operator.ANSWERED},
    Kind.NUMBER: _COUNTING,
    Kind.DATE: {Operator.AT_LEAST, Operator.AT_MOST, Operator.ANSWERED},
    Kind.LEVEL: _COUNTING,
    Kind.NEEDS: {Operator.ANSWERED},
}


class Known:
    """What conditions may speak of: the kind and the options of each question, and of each fact."""

    def __init__(self, facts: tuple[Fact, ...], themes: tuple[Theme, ...]) -> None:
        self.themes = tuple(theme.code for theme in themes)
        self.subjects: dict[tuple[About, str], tuple[str, tuple[str, ...]]] = {
            (About.FACT, fact.key): (fact.kind, fact.values) for fact in facts
        }
        self.code_themes: dict[str, str] = {}

    @classmethod
    def of(cls, definition: Definition) -> "Known":
        """Return what the conditions of a definition already read may speak of."""
        known = cls(definition.facts, definition.themes)
        for question in definition.questions():
            known.subjects[About.QUESTION, question.key] = (question.kind, question.option_keys())
        return known


def parse_definition(data: Mapping[str, Any]) -> Definition:
    """Read a questionnaire and check that it holds together; raises `InvalidDefinition`.

    Keys are unique, conditions speak of known questions and facts with possible values, no question waits on itself,
    needs have a known theme and a priority.
    """
    node = Node(data, "")
    node.keys({"title", "purpose", "facts", "themes", "sections"}, {"title", "purpose", "sections"})
    facts = tuple(parse_fact(key, node.at("facts")) for key in node.value.get("facts", {}))
    themes = _unique(node.get("themes"), parse_theme, lambda theme: theme.code)
    known = Known(facts, themes)
    _collect_subjects(node.at("sections"), known)
    sections = _unique(node.at("sections"), lambda each: parse_section(each, known), lambda section: section.key)
    return Definition(
        title=node.at("title").text(),
        purpose=Purpose(node.at("purpose").one_of(tuple(Purpose.values))),
        facts=facts,
        themes=themes,
        sections=sections,
        order=evaluation_order(sections),
    )


def parse_fact(key: str, parent: Node) -> Fact:
    Node(key, parent.place).key_name()
    node = parent.at(key)
    node.keys({"kind", "values", "labels", "meaning"}, {"kind", "meaning"})
    kind = FactKind(node.at("kind").one_of(tuple(FactKind)))
    values = node.get("values")
    if (kind is FactKind.CHOICE) is not (values is not None):
        node.fail(_("« values » va avec le genre « choice », et avec lui seul."))
    names = tuple(each.key_name() for each in values.items()) if values else ()
    labels = node.get("labels")
    words = {name: labels.at(name).string() for name in sorted(labels.keys(set(names)))} if labels else {}
    return Fact(key, kind, names, node.at("meaning").string(), words)


def parse_theme(node: Node) -> Theme:
    node.keys({"code", "label"}, {"code", "label"})
    return Theme(node.at("code").key_name(), node.at("label").text())


def parse_option(node: Node) -> Option:
    node.keys({"key", "label"}, {"key", "label"})
    return Option(node.at("key").key_name(), node.at("label").text())


def parse_section(node: Node, known: Known) -> Section:
    node.keys({"key", "title", "theme", "intro", "show_if", "questions"}, {"key", "title", "questions"})
    theme = node.get("theme")
    intro = node.get("intro")
    show_if = node.get("show_if")
    theme_code = theme.one_of(known.themes) if theme else None
    condition = parse_condition(show_if, known) if show_if else None
    return Section(
        key=node.at("key").key_name(),
        title=node.at("title").text(),
        theme=theme_code,
        intro=intro.text() if intro else None,
        questions=tuple(parse_question(each, known, theme_code, condition) for each in node.at("questions").items()),
    )


_QUESTION_KEYS = {"key", "label", "help", "kind", "options", "required", "sensitive", "show_if", "raises", "scores"}
_LIMITS = {Kind.NUMBER: {"minimum", "maximum"}, Kind.TEXT: {"max_length"}, Kind.NEEDS: {"max_length"}}


def parse_question(node: Node, known: Known, theme: str | None, section_condition: Condition | None) -> Question:
    kind = Kind(node.at("kind").value)  # checked by _collect_subjects
    present = node.keys(_QUESTION_KEYS | _LIMITS.get(kind, set()), {"label"})
    key = node.at("key").key_name()
    required = "required" in present and node.at("required").flag()
    sensitive = "sensitive" in present and node.at("sensitive").flag()
    if required and sensitive:
        node.fail(_("une question délicate n’est jamais obligatoire."))
    conditions = [section_condition] if section_condition else []
    if show_if := node.get("show_if"):
        conditions.append(parse_condition(show_if, known))
    help_text, raises = node.get("help"), node.get("raises")
    limits = {name: node.at(name).whole_number() for name in ("minimum", "maximum") if name in present}
    if limits.get("minimum", 0) > limits.get("maximum", limits.get("minimum", 0)):
        node.fail(_("« minimum » dépasse « maximum »."))
    return Question(
        key=key,
        label=node.at("label").text(),
        kind=kind,
        help=help_text.text() if help_text else None,
        options=_unique(node.get("options"), parse_option, lambda option: option.key),
        required=required,
        sensitive=sensitive,
        show_if=AllOf(tuple(conditions)) if len(conditions) > 1 else next(iter(conditions), None),
        raises=tuple(parse_rule(each, known, key, theme) for each in raises.items()) if raises else (),
        scores=_parse_scores(node, known, key) if "scores" in present else {},
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        max_length=node.at("max_length").whole_number() if "max_length" in present else DEFAULT_TEXT_LENGTH,
    )


def parse_rule(node: Node, known: Known, question: str, section_theme: str | None) -> NeedRule:
    node.keys({"when", "theme", "priority", "label", "code"}, {"when", "priority", "label"})
    own_theme, own_code = node.get("theme"), node.get("code")
    theme = own_theme.one_of(known.themes) if own_theme else section_theme
    if theme is None:
        node.fail(_("« theme » manque (la section n’en a pas)."))
    code = own_code.key_name() if own_code else question
    if known.code_themes.setdefault(code, theme) != theme:
        node.fail(_("le besoin « %(code)s » a déjà un autre thème.") % {"code": code})
    priority = node.at("priority").whole_number()
    if priority not in PRIORITIES:
        node.at("priority").fail(_("la priorité va de 1 à 3."))
    when = parse_condition(node.at("when"), known, own_question=question)
    return NeedRule(when=when, theme=theme, priority=priority, label=node.at("label").text(), code=code)


def parse_condition(node: Node, known: Known, own_question: str | None = None) -> Condition:
    """Read a condition; a test that names neither question nor fact speaks of `own_question`, where there is one."""
    operators = {operator.value for operator in Operator}
    present = node.keys({"all", "any", "not", "question", "fact", *operators})
    if len(present) == 1 and present & {"all", "any"}:
        (joint,) = present
        parts = tuple(parse_condition(each, known, own_question) for each in node.at(joint).items())
        return AllOf(parts) if joint == "all" else AnyOf(parts)
    if present == {"not"}:
        return Not(parse_condition(node.at("not"), known, own_question))
    named = present - operators
    compared = [operator for operator in Operator if operator in present]
    if named - {"question", "fact"} or len(named) > 1 or not compared:
        node.fail(_("condition mal formée : une seule chose comparée, ou « all », « any », « not » seuls."))
    if named:
        about = About(named.pop())
        key = node.at(about).key_name()
    elif own_question:
        about, key = About.QUESTION, own_question
    else:
        node.fail(_("« question » ou « fact » manque."))
    if (about, key) not in known.subjects:
        node.fail(_("« %(key)s » n’existe pas.") % {"key": key})
    kind, values = known.subjects[about, key]
    tests = tuple(Test(about, key, each, _compared(node, each, kind, values)) for each in compared)
    return tests[0] if len(tests) == 1 else AllOf(tests)


def evaluation_order(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Return the question keys, each after those its condition reads; refuses conditions that go round in a circle."""
    reads = {each.key: questions_in(each.show_if) for section in sections for each in section.questions}
    try:
        return tuple(TopologicalSorter(reads).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise InvalidDefinition(
            "sections", _("des conditions d’affichage tournent en rond : %(circle)s.") % {"circle": circle}
        ) from error


def _collect_subjects(sections: Node, known: Known) -> None:
    """Note every question before conditions are read, since a condition may speak of a later one."""
    for section in sections.items():
        section.keys(set(section.value) if isinstance(section.value, Mapping) else set(), {"questions"})
        for node in section.at("questions").items():
            node.keys(set(node.value) if isinstance(node.value, Mapping) else set(), {"key", "kind"})
            key = node.at("key").key_name()
            if (About.QUESTION, key) in known.subjects:
                node.at("key").fail(_("« %(key)s » existe déjà.") % {"key": key})
            kind = Kind(node.at("kind").one_of(tuple(Kind)))
            options = node.get("options")
            if (kind in (Kind.CHOICE, Kind.SEVERAL)) is not (options is not None):
                node.fail(_("« options » va avec les genres « choice » et « several », et avec eux seuls."))
            names = tuple(parse_option(each).key for each in options.items()) if options else ()
            known.subjects[About.QUESTION, key] = (kind, names)


def _compared(node: Node, operator: Operator, kind: str, values: tuple[str, ...]) -> Any:
    """Return the value a test compares with, checked against what the question or fact can be."""
    operand = node.at(operator)
    if operator not in OPERATORS[kind]:
        operand.fail(_("« %(operator)s » ne convient pas à ce genre de réponse.") % {"operator": operator.value})
    if operator is Operator.ANSWERED:
        return operand.flag()
    if operator is Operator.IN:
        return tuple(_possible(each, kind, values) for each in operand.items())
    return _possible(operand, kind, values)


def _possible(node: Node, kind: str, values: tuple[str, ...]) -> Any:
    if kind == Kind.YES_NO:
        return node.flag()
    if kind in (Kind.CHOICE, Kind.SEVERAL):
        return node.one_of(values)
    if kind == Kind.DATE:
        try:
            return date.fromisoformat(node.string()).isoformat()
        except ValueError:
            node.fail(_("une date est attendue (2026-11-27)."))
    number = node.whole_number()
    if kind == Kind.LEVEL and not 1 <= number <= HIGHEST_LEVEL:
        node.fail(_("un niveau va de 1 à 12."))
    return number


def _parse_scores(node: Node, known: Known, key: str) -> dict[str, int]:
    kind, options = known.subjects[About.QUESTION, key]
    scored = {
        Kind.YES_NO: ("yes", "no"),
        Kind.LEVEL: tuple(str(level) for level in range(1, HIGHEST_LEVEL + 1)),
    }.get(Kind(kind), options)
    scores = node.at("scores")
    return {name: scores.at(name).whole_number() for name in sorted(scores.keys(set(scored)))}


def _unique(node: Node | None, parse: Callable[[Node], T], key: Callable[[T], str]) -> tuple[T, ...]:
    """Read a list whose elements have different keys; nothing where there is no list."""
    found: dict[str, T] = {}
    for each in node.items() if node else []:
        element = parse(each)
        if key(element) in found:
            each.fail(_("« %(key)s » existe déjà.") % {"key": key(element)})
        found[key(element)] = element
    return tuple(found.values())
