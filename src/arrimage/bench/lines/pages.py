"""Lines 2 and 3: a file's page and the "to do" page, opened as an integration agent does."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import Actor, actor_of
from arrimage.bench.owner import MEASURES
from arrimage.bench.results import Goal, Row
from arrimage.bench.sizes import SEED, Size
from arrimage.bench.timing import Statements, Timing, count_statements, time_each
from arrimage.casework.models import Plan
from arrimage.casework.queries import files_visible_to
from arrimage.casework.todo import todo

QUERIES = 12
WARM_UP = 3
AGENTS = 10

# Every row a file's page shows, by hand: what the page is compared with.
FILE_ROWS = (
    "select f.*, p.*, u.name, s.name, r.name from casework_file f join people_person p on p.id = f.person_id "
    "left join accounts_user u on u.id = f.agent_id join territory_servicepoint s on s.id = f.service_point_id "
    "join territory_region r on r.id = f.region_id where f.uid = %(uid)s",
    "select * from people_personstatus where person_id = %(person)s order by starts_on, id",
    "select m.*, p.*, (select uid from casework_file f where f.person_id = m.person_id and f.region_id = %(region)s "
    "and f.status = 'active' limit 1) from people_member own join people_member m on m.household_id = own.household_id "
    "join people_person p on p.id = m.person_id where own.person_id = %(person)s and own.ends_on is null "
    "and m.ends_on is null and m.person_id <> %(person)s order by m.id",
    "select a.id, a.uid, a.status, a.started_at, a.completed_at, u.name from casework_assessment a "
    "left join accounts_user u on u.id = a.author_id where a.file_id = %(file)s order by a.started_at desc, a.id desc "
    "limit 50",
    "select n.*, t.* from casework_need n join directory_theme t on t.id = n.theme_id where n.file_id = %(file)s "
    "order by n.priority, n.id",
    "select * from casework_plan where file_id = %(file)s order by drafted_on desc, id desc",
    "select s.*, n.*, t.* from casework_step s left join casework_need n on n.id = s.need_id "
    "left join directory_theme t on t.id = n.theme_id where s.file_id = %(file)s order by s.due_on, s.id",
    "select r.*, v.*, o.* from casework_referral r join directory_service v on v.id = r.service_id "
    "join directory_organisation o on o.id = r.organisation_id where r.file_id = %(file)s "
    "order by r.sent_on desc, r.id desc",
    "select a.*, u.name, s.name from scheduling_appointment a "
    "join scheduling_attendance t on t.appointment_id = a.id join accounts_user u on u.id = a.agent_id "
    "join territory_servicepoint s on s.id = a.service_point_id where t.person_id = %(person)s "
    "and a.region_id = %(region)s order by a.starts_at desc limit 50",
    "select f.*, u.name from casework_followup f left join accounts_user u on u.id = f.author_id "
    "where f.file_id = %(file)s order by f.happened_on desc, f.id desc limit 50",
)


class UnexpectedAnswer(RuntimeError):
    """A page answered something else than itself: there is nothing to measure."""


def signed_in(grant: RoleGrant) -> Client:
    """Return a client signed in as the holder of a role."""
    client = Client()
    with acting_as(MEASURES):
        client.force_login(grant.user)
    return client


def open_page(client: Client, path: str) -> None:
    """Open a page. Raises `UnexpectedAnswer` unless it answers 200."""
    response = client.get(path)
    if response.status_code != 200:
        raise UnexpectedAnswer(f"{path} answered {response.status_code}")


def most_statements(visits: Sequence[tuple[Client, str]]) -> Statements:
    """Return the statements of the page that sends the most queries."""
    counted = [count_statements(partial(open_page, client, path)) for client, path in visits]
    return max(counted, key=lambda statements: statements.queries)


# --- Line 2 ---------------------------------------------------------------------------------------------------------
def measure_file(agents: Sequence[RoleGrant], times: int) -> list[Row]:
    """Open files with a plan, and read the same rows by hand-written SQL."""
    uids = files_with_a_plan(agents[0], times + WARM_UP)
    client = signed_in(agents[0])
    paths = [reverse("staff:file", args=[uid]) for uid in uids]
    for path in paths[:WARM_UP]:
        open_page(client, path)
    timing = time_each(lambda path: open_page(client, path), paths[WARM_UP:])
    most = most_statements([(client, path) for path in paths[:10]])
    actor = actor_of(agents[0])
    for uid in uids[:WARM_UP]:
        read_by_hand(actor, uid)
    by_hand = time_each(partial(read_by_hand, actor), uids[WARM_UP:])
    return [
        Row(
            line=2,
            work="open a file that has a plan",
            timing=timing,
            statements=most,
            reference=f"the same rows by hand-written SQL ({1 + len(FILE_ROWS)} queries)",
            reference_timing=by_hand,
            goals=(
                Goal(f"≤ {QUERIES} queries", most.queries <= QUERIES),
                Goal("≤ 3 × the SQL", timing.median <= 3 * by_hand.median),
            ),
            notes=(
                "The page is answered in this process by Django's test client, as an integration agent: middleware, "
                "session, rights, queries and the rendering of the whole HTML page are in its time; no network is. "
                "The queries are the most of ten files, the session, the account and the role of the request included. "
                "The reference reads the rows only, in one transaction of the same agent under the same policies, and "
                "renders nothing.",
            ),
        )
    ]


def files_with_a_plan(agent: RoleGrant, count: int) -> list[UUID]:
    """Return files of the agent's point of service, always the same; those of children are nearly empty: left out."""
    actor = actor_of(agent)
    with acting_as(actor):
        own = Plan.objects.filter(region=agent.region, file__service_point=agent.service_point)
        planned = list(own.order_by("pk").values_list("file_id", flat=True))
        chosen = Random(SEED).sample(planned, min(count, len(planned)))
        return list(files_visible_to(actor).filter(pk__in=chosen).order_by("uid").values_list("uid", flat=True))


def read_by_hand(actor: Actor, uid: UUID) -> list[list[Any]]:
    """Return the rows of a file's page, as `actor` sees them."""
    found = []
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("select f.id, f.person_id, f.region_id from casework_file f where f.uid = %s", [uid])
        file, person, region = cursor.fetchone()
        keys = {"uid": uid, "file": file, "person": person, "region": region}
        for statement in FILE_ROWS:
            cursor.execute(statement, keys)
            found.append(cursor.fetchall())
    return found


# --- Line 3 ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Look:
    """The "to do" pages of several agents: how long they took, what they sent, how many things they showed."""

    timing: Timing
    statements: Statements
    shown: float


def look_at_todo(agents: Sequence[RoleGrant], times: int) -> Look:
    """Open the page of up to ten agents in turn."""
    chosen = agents[:: max(1, len(agents) // AGENTS)][:AGENTS]
    clients = [signed_in(grant) for grant in chosen]
    path = reverse("staff:home")
    for client in clients:
        open_page(client, path)
    timing = time_each(lambda client: open_page(client, path), (clients[turn % len(clients)] for turn in range(times)))
    statements = most_statements([(client, path) for client in clients])
    shown = sum(_things_to_do(actor_of(grant)) for grant in chosen) / len(chosen)
    return Look(timing, statements, shown)


def _things_to_do(actor: Actor) -> int:
    with acting_as(actor):
        return sum(len(tasks) for tasks in todo(actor).values())


def measure_todo(agents: Sequence[RoleGrant], size: Size, before: Look) -> list[Row]:
    """Open the page again now that the register is whole."""
    now = look_at_todo(agents, size.openings)
    growth = now.timing.median / before.timing.median
    return [
        Row(
            line=3,
            work="an agent's “to do” page",
            timing=now.timing,
            statements=now.statements,
            reference=f"the same page at {size.first_persons:,} persons",
            reference_timing=before.timing,
            figures=f"{now.shown:.0f} things found (at {size.first_persons:,} persons: {before.shown:.0f})",
            goals=(
                Goal(f"≤ {QUERIES} queries", now.statements.queries <= QUERIES),
                Goal("p95 ≤ 100 ms", now.timing.p95 <= 0.1),
                Goal("growth ≤ 1.5 ×", growth <= 1.5),
            ),
            notes=(
                "Opened as line 2, by ten agents in turn. Each agent has the same number of people at both sizes "
                "(about 500 in three years, a quarter of them under way): what grows is the register around them. The "
                "agents of the larger register are others than those of the smaller one, their rows scattered over it.",
            ),
        )
    ]
