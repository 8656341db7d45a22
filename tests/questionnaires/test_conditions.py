"""What conditions come to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.questionnaires.conditions import (
    About,
    AllOf,
    AnyOf,
    Condition,
    Not,
    Operator,
    Test,
    holds,
    questions_in,
    simplify,
)

KEYS = ["a", "b", "c"]


def compare(operator: Operator, value: Any, key: str = "a") -> Test:
    return Test(About.QUESTION, key, operator, value)


@pytest.mark.parametrize(
    ("operator", "value", "passing", "failing"),
    [
        (Operator.EQUALS, False, [False], [True, None, 0, ""]),
        (Operator.EQUALS, 1, [1], [True, 2, None, "1"]),
        (Operator.IN, ("x", "y"), ["x", "y", ["x", "z"]], ["z", ["z"], [], None]),
        (Operator.ANSWERED, True, [False, 0, "x"], [None, "", []]),
        (Operator.ANSWERED, False, [None, "", []], [False, 0, "x"]),
        (Operator.AT_LEAST, 30, [30, 31], [29, None, True, "31"]),
        (Operator.AT_MOST, 30, [30, -4], [31, None, False]),
        (Operator.AT_MOST, "2026-11-27", ["2026-11-27", "2025-12-01"], ["2026-11-28", None, 3]),
    ],
)
def test_comparisons(operator: Operator, value: Any, passing: list[Any], failing: list[Any]) -> None:
    condition = compare(operator, value)
    assert all(holds(condition, {"a": answer}, {}) for answer in passing)
    assert not any(holds(condition, {"a": answer}, {}) for answer in failing)


def test_no_condition_always_holds() -> None:
    assert holds(None, {}, {})


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.builds(compare, st.just(Operator.EQUALS), st.booleans(), st.sampled_from(KEYS)),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
)
ANSWERS = st.fixed_dictionaries({}, optional={key: st.booleans() for key in KEYS})


@given(CONDITIONS, ANSWERS, st.sets(st.sampled_from(KEYS)))
def test_what_is_left_decides_as_the_whole_does(condition: Condition, answers: Any, undecided: set[str]) -> None:
    left = simplify(condition, answers, {}, undecided)
    assert (left if isinstance(left, bool) else holds(left, answers, {})) is holds(condition, answers, {})
    if not isinstance(left, bool):
        assert questions_in(left) <= undecided
