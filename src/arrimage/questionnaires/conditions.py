"""Conditions on answers and facts: what they are, and what they come to. Pure; `parsing` reads them from JSON."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Answers = Mapping[str, Any]
Facts = Mapping[str, Any]


class About(StrEnum):
    """What a test looks at."""

    QUESTION = "question"
    FACT = "fact"


class Operator(StrEnum):
    """How a test compares."""

    EQUALS = "equals"
    IN = "in"
    ANSWERED = "answered"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Test:
    """One comparison of an answer or a fact with a value (a tuple for `in`)."""

    __test__ = False  # not a test of pytest's

    about: About
    key: str
    operator: Operator
    value: Any

    def holds(self, actual: Any) -> bool:
        """Say whether the value found passes; a missing one passes only `answered: false`."""
        missing = is_missing(actual)
        if self.operator is Operator.ANSWERED:
            return missing is not self.value
        if missing:
            return False
        if self.operator is Operator.EQUALS:
            return _same(actual, self.value)
        if self.operator is Operator.IN:
            found = actual if isinstance(actual, list | tuple) else [actual]
            return any(_same(one, allowed) for one in found for allowed in self.value)
        if not _comparable(actual, self.value):
            return False
        return bool(actual >= self.value if self.operator is Operator.AT_LEAST else actual <= self.value)


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Test | AllOf | AnyOf | Not


def is_missing(value: Any) -> bool:
    """Say whether a value counts as no answer. `False` and 0 are answers."""
    return value is None or value == "" or value == [] or value == ()


def holds(condition: Condition | None, answers: Answers, facts: Facts) -> bool:
    """Say whether the condition holds; no condition always does."""
    return simplify(condition, answers, facts) is True


def simplify(
    condition: Condition | None, answers: Answers, facts: Facts, undecided: Collection[str] = ()
) -> Condition | bool:
    """Work out everything that does not depend on the `undecided` questions.

    Returns True or False where that settles it, otherwise the condition that is left, on undecided questions only.
    """
    match condition:
        case None:
            return True
        case Test(about=About.FACT):
            return condition.holds(facts.get(condition.key))
        case Test():
            return condition if condition.key in undecided else condition.holds(answers.get(condition.key))
        case Not(part):
            inner = simplify(part, answers, facts, undecided)
            return not inner if isinstance(inner, bool) else Not(inner)
        case AllOf(parts) | AnyOf(parts):
            decisive = isinstance(condition, AnyOf)  # what settles it at once: a True of "any", a False of "all"
            left: list[Condition] = []
            for part in parts:
                result = simplify(part, answers, facts, undecided)
                if isinstance(result, bool):
                    if result is decisive:
                        return decisive
                else:
                    left.append(result)
            if not left:
                return not decisive
            if len(left) == 1:
                return left[0]
            return type(condition)(tuple(left))


def tests_in(condition: Condition | None) -> Iterator[Test]:
    """Yield every comparison of a condition."""
    match condition:
        case Test():
            yield condition
        case Not(part):
            yield from tests_in(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_in(part)


def questions_in(condition: Condition | None) -> set[str]:
    """Return the keys of the questions a condition depends on."""
    return {test.key for test in tests_in(condition) if test.about is About.QUESTION}


def as_json(condition: Condition) -> dict[str, Any]:
    """Return the condition as it is written in a definition."""
    match condition:
        case Test():
            value = list(condition.value) if isinstance(condition.value, tuple) else condition.value
            return {condition.about.value: condition.key, condition.operator.value: value}
        case Not(part):
            return {"not": as_json(part)}
        case AllOf(parts):
            return {"all": [as_json(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [as_json(part) for part in parts]}


def _same(one: Any, other: Any) -> bool:
    """Compare without taking 1 for True."""
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)


def _comparable(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    return (isinstance(one, int | float) and isinstance(other, int | float)) or (
        isinstance(one, str) and isinstance(other, str)
    )
