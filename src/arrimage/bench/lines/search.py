"""Line 1: finding a file by a name that is mistyped, in another order, or in another script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from django.db import connection

from arrimage.accounts.context import acting_as
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import actor_of
from arrimage.bench.data.names import mistyped
from arrimage.bench.owner import MEASURES, Owner
from arrimage.bench.results import Goal, Row
from arrimage.bench.sizes import SEED
from arrimage.bench.timing import Timing, time_each
from arrimage.casework.models import File
from arrimage.casework.search import find_files

SHOWN = 10
SCANS_LAST = 10.0  # seconds
NOTES = (
    "`find_files`, as the search page calls it, for an agent of one of the region's points of service, the first ten "
    "results; each search is a transaction of its own. The names are those of persons of that point whose whole name "
    "is nobody else's, so that “found” has a meaning; the generated names lie closer to each other than real ones. "
    "“Another script” is Cyrillic, written letter for letter. The scan reads every person's name for one word, indexes "
    "forbidden, as the owner, whom no policy slows.",
)


@dataclass(frozen=True)
class Sought:
    """A person's file, and the name as it is written."""

    uid: UUID
    number: str
    given: str
    family: str
    original: str


def measure(agents: Sequence[RoleGrant], times: int, owner: Owner) -> list[Row]:
    """Search corrupted names, each kind beside an exact lookup and a scan."""
    random = Random(SEED)
    actor = actor_of(agents[0])
    with owner.speaking():
        known = unmistakable(agents[0])
    sought = random.sample(known, times)
    in_script = [each for each in known if each.original]
    with acting_as(actor):
        exact = time_each(_look_up, [each.number for each in sought])
    with owner.speaking():
        scan = time_each(_scan, [each.family for each in sought[:20]], at_most=SCANS_LAST)
    kinds: list[tuple[str, Sequence[Sought], Callable[[Sought], str]]] = [
        ("one typo", sought, lambda each: mistyped(random, f"{each.given} {each.family}")),
        ("words swapped", sought, lambda each: f"{each.family} {each.given}"),
        ("another script", random.sample(in_script, min(times, len(in_script))), lambda each: each.original),
    ]
    rows = []
    for name, persons, corrupt in kinds:
        texts = {each: corrupt(each) for each in persons}
        found: list[bool] = []

        def search(each: Sought, texts: dict[Sought, str] = texts, found: list[bool] = found) -> None:
            with acting_as(actor):
                files = find_files(actor, texts[each], SHOWN)
            found.append(each.uid in {file.uid for file in files})

        rows.append(_row(name, time_each(search, persons), sum(found) / len(found), exact, scan))
    return rows


def _row(name: str, timing: Timing, recall: float, exact: Timing, scan: Timing) -> Row:
    return Row(
        line=1,
        work=f"find a file by name, {name}",
        timing=timing,
        reference="sequential scan",
        reference_timing=scan,
        figures=f"recall@{SHOWN} {recall:.3f}; exact lookup by number {exact.median * 1000:.2f} ms",
        goals=(
            Goal("p95 ≤ 50 ms", timing.p95 <= 0.05),
            Goal("≤ 1/100 of the scan", timing.p95 <= scan.median / 100),
            Goal("recall@10 ≥ 0.98", recall >= 0.98),
        ),
        notes=NOTES,
    )


def unmistakable(agent: RoleGrant) -> list[Sought]:
    """Return the files of the agent's point of service whose person's name nobody else bears; as the owner."""
    with acting_as(MEASURES), connection.cursor() as cursor:
        cursor.execute(
            "select f.uid, f.number, p.given_name, p.family_name, p.original_name from people_person p "
            "join casework_file f on f.person_id = p.id and f.region_id = %s and f.service_point_id = %s "
            "where p.search_key in (select search_key from people_person group by search_key having count(*) = 1) "
            "order by f.id",
            [agent.region_id, agent.service_point_id],
        )
        return [Sought(*row) for row in cursor.fetchall()]


def _look_up(number: str) -> None:
    list(File.objects.filter(number=number).values_list("uid"))


def _scan(family: str) -> None:
    """Read every name for one word, as a database without the index would."""
    with acting_as(MEASURES), connection.cursor() as cursor:
        for setting in ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan"):
            cursor.execute(f"set local {setting} = off")
        cursor.execute("select id from people_person where %s <%% search_key order by id limit 10", [family.lower()])
        cursor.fetchall()
