"""Line 15: what policies and the read journal cost, on a file's page and on search.

The same process does the same thing in turn as the web's role, under policies, and as the owner, whom none binds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import TypeVar
from unittest.mock import patch

from django.db import connection
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import Actor, actor_of
from arrimage.bench.data.names.corrupted import mistyped
from arrimage.bench.lines.pages import FILE_ROWS, WARM_UP, files_with_a_plan, open_page, read_by_hand, signed_in
from arrimage.bench.lines.search import SHOWN, unmistakable
from arrimage.bench.owner import Owner
from arrimage.bench.results import Row
from arrimage.bench.sizes import SEED
from arrimage.bench.timing import count_statements, time_in_turn
from arrimage.casework.search import find_files
from arrimage.people.search import words_of

T = TypeVar("T")
# Below pg_trgm's own 0.6, so that two letters swapped in a short name still find it.
MISTYPED, SHORTEST_MISTYPED = 0.45, 4
SEARCHES, SEARCHES_LAST = 20, 20.0  # times, and seconds: plain SQL under policies is slow
POLICIES, OWNER, FUNCTION, WRITTEN, UNWRITTEN = "policies", "owner", "function", "written", "unwritten"
NOTES = (
    "Each thing is done in turn, in this one process, as the web's role under policies and by a second connection as "
    "the owner of the database, whom no policy binds: the load of the machine is shared. A page's time varies by more "
    "than a twentieth: a ratio that near to one says only that the cost is small. The file's page is that of "
    "line 2; without the journal, the call that adds its line is left out of it. The hand-written SQL is line 2's "
    "reference. Plain SQL is what the search function does, without its rights: names that hold every word, else "
    f"those like them by trigrams, in the agent's region, the best {SHOWN} first.",
)

# A search without the function: names that hold every word, else those like it; both in the agent's region.
_HOLDING = "p.search_key like all (%(patterns)s)"
_LIKE = (
    "%(longest)s <%% p.search_key and not exists (select from unnest(%(words)s::text[]) word where not case "
    f"when length(word) >= {SHORTEST_MISTYPED} then word <%% p.search_key else position(word in p.search_key) > 0 end)"
)
_SEARCH = (
    "select f.id from people_person p join casework_file f on f.person_id = p.id "
    "where f.region_id = %(region)s and {condition} order by (select max(word_similarity(word, p.search_key)) "
    f"from unnest(%(words)s::text[]) word) desc, p.search_key, f.opened_on desc, f.id desc limit {SHOWN}"
)


def as_owner(owner: Owner, work: Callable[[T], object], thing: T) -> None:
    with owner.speaking():
        work(thing)


# --- The file's page ------------------------------------------------------------------------------------------------
def measure_page(agent: RoleGrant, times: int, owner: Owner) -> list[Row]:
    """Open files under policies, as the owner, and without the line of the journal; read their rows by hand."""
    actor, client = actor_of(agent), signed_in(agent)
    uids = files_with_a_plan(agent, times + WARM_UP)
    paths = [reverse("staff:file", args=[uid]) for uid in uids]
    visit = partial(open_page, client)

    def visit_unwritten(path: str) -> None:
        with no_journal():
            visit(path)

    # Two by two: a third, by the web's role too, would find its connection warmer than the owner's.
    works: dict[str, Callable[[str], object]] = {POLICIES: visit, OWNER: partial(as_owner, owner, visit)}
    time_in_turn(works, paths[:WARM_UP])
    page = time_in_turn(works, paths[WARM_UP:])
    journal = time_in_turn({WRITTEN: visit, UNWRITTEN: visit_unwritten}, paths[WARM_UP:])
    under, unwritten = (count_statements(partial(work, paths[0])) for work in (visit, visit_unwritten))
    with owner.speaking():
        without = count_statements(partial(visit, paths[0]))
    read = partial(read_by_hand, actor)
    rows = time_in_turn({POLICIES: read, OWNER: partial(as_owner, owner, read)}, uids[WARM_UP:])
    return [
        Row(
            line=15,
            work="open a file: policies",
            timing=page[POLICIES],
            statements=under,
            reference=f"the same page as the owner ({without.queries} queries)",
            reference_timing=page[OWNER],
            notes=NOTES,
        ),
        Row(
            line=15,
            work="open a file: the line of the read journal",
            timing=journal[WRITTEN],
            statements=under,
            reference=f"the same page without it ({unwritten.queries} queries)",
            reference_timing=journal[UNWRITTEN],
            notes=NOTES,
        ),
        Row(
            line=15,
            work=f"read a file's rows by hand-written SQL ({1 + len(FILE_ROWS)} queries): policies",
            timing=rows[POLICIES],
            reference="the same SQL as the owner",
            reference_timing=rows[OWNER],
            notes=NOTES,
        ),
    ]


@contextmanager
def no_journal() -> Iterator[None]:
    """Let the pages of a file show it without a line in the read journal."""
    with patch("arrimage.web.staff.casework.reading.read", _nothing):
        yield


def _nothing(*given: object, **named: object) -> None:
    """Do what a page without the journal does."""


# --- Search ---------------------------------------------------------------------------------------------------------
def measure_search(agent: RoleGrant, times: int, owner: Owner) -> list[Row]:
    """Search names by the function, by plain SQL under policies, and by the same SQL as the owner."""
    random = Random(SEED)
    actor = actor_of(agent)
    with owner.speaking():
        sought = random.sample(unmistakable(agent), min(times, SEARCHES))
    kinds = {
        "one typo": [typed for each in sought if (typed := mistyped(random, f"{each.given} {each.family}"))],
        "words swapped": [f"{each.family} {each.given}" for each in sought],
    }
    plainly = partial(search_plainly, actor)
    works: dict[str, Callable[[str], object]] = {
        FUNCTION: partial(search_by_function, actor),
        POLICIES: plainly,
        OWNER: partial(as_owner, owner, plainly),
    }
    rows = []
    for kind, texts in kinds.items():
        time_in_turn(works, texts[:1])
        timings = time_in_turn(works, texts, at_most=SEARCHES_LAST)
        for work, name in (("by the search function", FUNCTION), ("by plain SQL under policies", POLICIES)):
            rows.append(
                Row(
                    line=15,
                    work=f"find a file by name, {kind}: {work}",
                    timing=timings[name],
                    reference="the plain SQL as the owner",
                    reference_timing=timings[OWNER],
                    notes=NOTES,
                )
            )
    return rows


def search_by_function(actor: Actor, text: str) -> list[int]:
    """Return the keys of the files a name finds, as the search page finds them."""
    with acting_as(actor):
        return [file.pk for file in find_files(actor, text, SHOWN)]


def search_plainly(actor: Actor, text: str) -> list[int]:
    """Return the keys of the files a name finds in the actor's region, by SQL that calls no function of ours."""
    words = words_of(text)
    given = {
        "words": words,
        "longest": max(words, key=len),
        "patterns": [f"%{word}%" for word in words],
        "region": actor.region_id,
    }
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(MISTYPED)])
        for condition in (_HOLDING, _LIKE):
            cursor.execute(_SEARCH.format(condition=condition), given)
            if found := [key for (key,) in cursor.fetchall()]:
                return found
    return []
