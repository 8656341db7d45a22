"""Line 1: finding a file by a name that is mistyped, in another order, or in another script."""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random

from django.db import connection
from django.db.models import Q

from arrimage.accounts.context import acting_as
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import actor_of
from arrimage.bench.data.names.corrupted import KINDS, Corruption, Sought
from arrimage.bench.owner import MEASURES, Owner
from arrimage.bench.results import Goal, Row
from arrimage.bench.sizes import SEED
from arrimage.bench.timing import Timing, time_each
from arrimage.casework.models import File
from arrimage.casework.search import find_files
from arrimage.people.models import Person

SHOWN = 10
SCANS_LAST = 10.0  # seconds
AMBIGUOUS = ("a part missing",)  # what is left of a name may be many people's
NOTES = (
    "`find_files`, as the search page calls it, for an agent of one of the region's points of service, the first ten "
    "results; each search is a transaction of its own. The names are those of persons of that point whose whole name "
    "is nobody else's, so that “found” has a meaning; a name with a part missing is asked only where ten persons at "
    "most bear what is left. The corrupted names come from `bench/data/names`, which shares no code with the search: "
    "Arabic, Cyrillic and Chinese names are asked in their script (two in five) or as another hand writes them in "
    "Latin letters. The scan reads every person's name for one word, indexes forbidden, as the owner, whom no policy "
    "slows.",
)


def measure(agents: Sequence[RoleGrant], times: int, owner: Owner) -> list[Row]:
    """Search corrupted names, each kind beside an exact lookup and a scan."""
    random = Random(SEED)
    actor = actor_of(agents[0])
    with owner.speaking():
        known = unmistakable(agents[0])
    sought = random.sample(known, times)
    with acting_as(actor):
        exact = time_each(_look_up, [each.number for each in sought])
    with owner.speaking():
        scan = time_each(_scan, [each.family for each in sought[:20]], at_most=SCANS_LAST)
    rows = []
    for name, corrupt in KINDS.items():
        with owner.speaking():
            texts = dict(islice(_asked(random, known, name, corrupt, agents[0]), times))
        found: list[bool] = []

        def search(each: Sought, texts: dict[Sought, str] = texts, found: list[bool] = found) -> None:
            with acting_as(actor):
                files = find_files(actor, texts[each], SHOWN)
            found.append(each.uid in {file.uid for file in files})

        if texts:
            rows.append(_row(name, time_each(search, texts), sum(found) / len(found), exact, scan))
    return rows


def _asked(
    random: Random, known: Sequence[Sought], kind: str, corrupt: Corruption, agent: RoleGrant
) -> Iterator[tuple[Sought, str]]:
    """Yield persons, in any order, with what is typed to find them."""
    for each in random.sample(known, len(known)):
        text = corrupt(random, each)
        if text is not None and (kind not in AMBIGUOUS or _bearers(text, agent) <= SHOWN):
            yield each, text


def _bearers(text: str, agent: RoleGrant) -> int:
    """Return how many persons of the agent's point of service bear every word of `text`; as the owner."""
    persons = Person.objects.filter(files__service_point=agent.service_point_id)
    for word in text.split():
        persons = persons.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    with acting_as(MEASURES):
        return persons.count()


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
            "select f.uid, f.number, p.given_name, p.family_name, p.preferred_language, p.birth_date "
            "from people_person p "
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
