"""Lines 4 and 14: mixed reads by sixteen users at once, and the memory of the server's processes under them."""

from collections.abc import Callable, Sequence
from random import Random
from urllib.parse import urlencode

from django.urls import reverse

from arrimage.accounts.models import RoleGrant
from arrimage.bench.lines.bilan import last_whole_year
from arrimage.bench.lines.pages import files_with_a_plan, signed_in
from arrimage.bench.load import Load, Visit, put_load
from arrimage.bench.results import Goal, Row
from arrimage.bench.server import WORKERS, Server, served
from arrimage.bench.sizes import Size

USERS = 16
WARM_UP_SECONDS = ALONE_SECONDS = EMPTY_SECONDS = 2.0
FILES, LIST_PAGES = 50, 20  # of each agent
MIX = {"files list": 30, "file": 40, "to do": 20, "bilan": 10}  # in a hundred
MIB = 2**20
NOTES_HTTP = (
    f"`arrimage serve` with {WORKERS} processes on this machine, {USERS} users of this same machine sharing its cores "
    "with the server and the database, each asking for its next page as soon as the last one came: "
    + ", ".join(f"{kind} {share} %" for kind, share in MIX.items())
    + ", by agents and (the bilan) the regional director, in sessions opened beforehand. The empty page is `/sante/` "
    "on the same server under the same load; it asks the database `select 1`. The goal's five minutes are for the "
    "large sizes.",
)
NOTES_MEMORY = (
    "Resident memory of the larger of the server's processes: just started, after every kind of page was served for "
    f"{WARM_UP_SECONDS:.0f} s to {USERS} users (idle), after the load of line 4. Growth is from idle. What "
    "processes share is counted in each.",
)


def measure(size: Size, agents: Sequence[RoleGrant], director: RoleGrant) -> list[Row]:
    """Serve the site, load it, and return lines 4 and 14."""
    choose = _visits(agents, director, size)
    with served() as server:
        started = _largest(server)
        put_load(server.port, USERS, choose, seconds=WARM_UP_SECONDS)
        idle = _largest(server)
        alone = put_load(server.port, 1, choose, seconds=ALONE_SECONDS)
        alone_empty = put_load(server.port, 1, _empty, seconds=EMPTY_SECONDS / 2)
        empty = put_load(server.port, USERS, _empty, seconds=EMPTY_SECONDS)
        load = put_load(server.port, USERS, choose, seconds=size.load_seconds, requests=size.load_requests)
        after = _largest(server)
    rows = [_mixed(load, empty)]
    rows += [_of_kind(kind, load, empty) for kind in MIX]
    rows.append(_alone(alone, alone_empty))
    pages = len(load.answers) + len(alone.answers)
    rows += _memory(started, idle, after, pages + len(empty.answers) + len(alone_empty.answers), pages)
    return rows


def _empty(random: Random) -> Visit:
    return Visit("empty", reverse("health"))


def _visits(agents: Sequence[RoleGrant], director: RoleGrant, size: Size) -> Callable[[Random], Visit]:
    """Return what chooses a user's next page."""
    sessions = {signed_in(grant).cookies["sessionid"].value: grant for grant in agents[:USERS]}
    of_director = signed_in(director).cookies["sessionid"].value
    uids = {session: files_with_a_plan(grant, FILES) for session, grant in sessions.items()}
    year = last_whole_year()
    bilan = f"{reverse('staff:bilan')}?{urlencode({'from': year.first, 'to': year.last})}"
    kinds, shares = list(MIX), list(MIX.values())

    def choose(random: Random) -> Visit:
        kind = random.choices(kinds, shares)[0]
        session = random.choice(list(sessions))
        match kind:
            case "files list":
                return Visit(kind, f"{reverse('staff:files')}?page={random.randint(1, LIST_PAGES)}", session)
            case "file":
                return Visit(kind, reverse("staff:file", args=[random.choice(uids[session])]), session)
            case "to do":
                return Visit(kind, reverse("staff:home"), session)
            case _:
                return Visit(kind, bilan, of_director)

    return choose


def _mixed(load: Load, empty: Load) -> Row:
    timing, reference = load.timing(), empty.timing()
    return Row(
        line=4,
        work=f"{USERS} users, mixed reads",
        timing=timing,
        reference=f"the empty page, {USERS} users ({empty.a_second:.0f} a second)",
        reference_timing=reference,
        figures=f"{load.a_second:.0f} pages a second for {load.seconds:.0f} s, {load.errors} errors",
        goals=(
            Goal("median ≤ 60 ms", timing.median <= 0.06),
            Goal("≤ 6 × the empty page", timing.median <= 6 * reference.median),
            Goal("no error", load.errors == 0),
        ),
        notes=NOTES_HTTP,
    )


def _of_kind(kind: str, load: Load, empty: Load) -> Row:
    return Row(
        line=4,
        work=f"of which: {kind}",
        timing=load.timing(kind),
        reference="the empty page",
        reference_timing=empty.timing(),
        notes=NOTES_HTTP,
    )


def _alone(load: Load, empty: Load) -> Row:
    return Row(
        line=4,
        work="one user alone, the same reads",
        timing=load.timing(),
        reference="the empty page, one user",
        reference_timing=empty.timing(),
        figures=f"{load.errors} errors",
        notes=NOTES_HTTP,
    )


def _memory(started: int, idle: int, after: int, requests: int, pages: int) -> list[Row]:
    """Return line 14, or nothing where the system does not tell a process's memory."""
    if not (started and idle and after):
        return []
    growth = after / idle - 1
    return [
        Row(
            line=14,
            work="memory of a web process",
            figures=(
                f"{started / MIB:.0f} MiB started, {idle / MIB:.0f} MiB idle, {after / MIB:.0f} MiB after "
                f"{requests:,} requests to {WORKERS} processes, {pages:,} of them pages ({growth:+.1%})"
            ),
            goals=(Goal("≤ 250 MB", after <= 250_000_000), Goal("growth ≤ 5 %", growth <= 0.05)),
            notes=NOTES_MEMORY,
        )
    ]


def _largest(server: Server) -> int:
    return max(server.memory(), default=0)
