"""What costs are compared with: the same thing without policies, without the journal, without the history."""

import pytest
from django.db import connection
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.rights import actor_of
from arrimage.bench.lines import costs, costs_of_history
from arrimage.bench.lines.pages import files_with_a_plan, open_page, signed_in
from arrimage.bench.lines.search import unmistakable
from arrimage.bench.owner import MEASURES, Owner
from arrimage.bench.timing import Timing, time_each, time_in_turn
from arrimage.casework.models import File, Need
from arrimage.foundation.history import Change
from arrimage.privacy.journal.models import Reading
from tests.roles import as_owner


@pytest.fixture
def agent(register):
    return register.agents()[0]


def test_policies_cost_no_query(agent, owner):
    page, journal, by_hand = costs.measure_page(agent, 2, owner)
    assert page.reference == f"the same page as the owner ({page.statements.queries} queries)"
    assert journal.reference == f"the same page without it ({page.statements.queries - 1} queries)"
    assert {row.timing.times for row in (page, journal, by_hand)} == {2}


def test_a_page_without_the_journal_leaves_no_line(agent):
    client = signed_in(agent)
    path = reverse("staff:file", args=files_with_a_plan(agent, 1))
    with costs.no_journal():
        open_page(client, path)
    assert lines() == 0
    open_page(client, path)
    assert lines() == 1


def lines() -> int:
    with as_owner():
        return Reading.objects.count()


def test_plain_sql_finds_what_the_function_finds(agent):
    actor = actor_of(agent)
    with as_owner():
        known = unmistakable(agent)
    for each in known[:5]:
        key = File.objects.values_list("pk", flat=True).get(uid=each.uid)
        for text in (f"{each.family} {each.given}", f"{each.given}x {each.family}"):
            assert key in costs.search_by_function(actor, text)
            assert key in costs.search_plainly(actor, text)


def test_each_kind_of_search_is_compared(agent, owner):
    rows = costs.measure_search(agent, 2, owner)
    assert len(rows) == 4
    assert all(row.ratio for row in rows)


@pytest.mark.parametrize(("history", "kept"), [(True, 2), (False, 0)])
def test_needs_are_altered_with_their_history_or_without_it(register, history, kept):
    connection.check_constraints()  # what waits for the end of the transaction keeps triggers as they are
    keys = list(Need.objects.order_by("pk").values_list("pk", flat=True)[:2])
    before = states(keys)
    with as_owner():
        known = Change.objects.filter(table_name="casework_need").count()
        with costs_of_history.undone(history=history) as cursor:
            costs_of_history.add(cursor, keys)
            assert Change.objects.filter(table_name="casework_need").count() == known + kept
            costs_of_history.alter_one(cursor, keys[0])
            assert states(keys)[1] == before[1]
            assert states(keys)[0] == (before[0][0], before[0][1] + costs_of_history.UPDATES)
        assert Change.objects.filter(table_name="casework_need").count() == known
    assert states(keys) == before


def states(keys: list[int]) -> list[tuple[int, int]]:
    return list(Need.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "version"))


def test_sizes_count_each_line_of_the_history(register):
    with as_owner():
        said = costs_of_history.weigh()
        assert f"history {Change.objects.count():,} lines" in said
        assert "journal 0 lines" in said
        assert not said.endswith("tables 0.0 MiB")


def test_the_owner_speaks_in_transactions_of_their_own(db):
    with acting_as(MEASURES), pytest.raises(RuntimeError, match="of their own"), Owner("", {}).speaking():
        pass


def test_things_are_done_in_turn():
    done: list[str] = []
    timings = time_in_turn({name: lambda thing, name=name: done.append(f"{name}{thing}") for name in "ab"}, [1, 2])
    assert done == ["a1", "b1", "b2", "a2"]
    assert [timing.times for timing in timings.values()] == [2, 2]


def test_what_lasts_too_long_is_done_less_often():
    assert time_each(lambda _: None, range(5), at_most=-1) == Timing([pytest.approx(0, abs=1)])
