"""Line 16: finding services, and where they are on a map."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from random import Random

from django.db import connection

from arrimage.accounts.context import acting_as
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import actor_of
from arrimage.bench.data.days import noon
from arrimage.bench.data.directory import AUDIENCES, EAST, LANGUAGES, NORTH, SOUTH, SUBJECTS, WEST, fill
from arrimage.bench.data.names.corrupted import mistyped
from arrimage.bench.owner import MEASURES, Owner
from arrimage.bench.results import Goal, Row
from arrimage.bench.sizes import SEED, TODAY
from arrimage.bench.timing import Timing, time_each
from arrimage.directory.finding.criteria import Criteria, Point
from arrimage.directory.finding.searching import find_points, find_services
from arrimage.directory.finding.words import understand
from arrimage.directory.models import Theme
from arrimage.directory.rules import Held, Situation
from arrimage.engines.geometry import Bounds
from arrimage.people.enums import Category
from arrimage.territory.models import Place

SHOWN = 20
TIMES = 60  # of each kind at least: of twenty, the 95th percentile would be the second worst
SCANS = 20
ISLAND = Bounds(WEST, SOUTH, EAST, NORTH)
KINDS = (
    "words", "words, one typo", "a word, a theme, a place and a language", "words within 3 km",
    "all, the nearest first", "a theme, open now, with free places", "a theme, open now, the nearest first",
    "a theme, for a person", "all, by name", "all, open now",
)  # fmt: skip
MAPPED = ("everything", "a theme", "words")
NEWCOMER = Situation([Held(Category.SKILLED_WORKER, date(2026, 3, 1))], arrived_on=date(2026, 3, 1))
NOTES = (
    "`find_services`, as the pages call it, for an agent: the words understood, the results counted, the first twenty "
    "read with all that the list shows of them; 10,000 services at 60,000 doors, at noon on a Tuesday. The scan looks "
    "for one word in every service and organisation, accents forgiven, as the owner, indexes forbidden. The map is "
    "`find_points` over the whole island; its scan reads every door.",
)


def measure(agent: RoleGrant, times: int, owner: Owner) -> list[Row]:
    """Fill a directory and look for services in it, by each kind of criteria, then for the points of a map."""
    with owner.speaking():
        with acting_as(MEASURES):
            fill()
        with connection.cursor() as cursor:
            cursor.execute("vacuum (analyze)")
        words = time_each(_scan_words, [subjects[0] for subjects in SUBJECTS.values()] * 2)
        doors = time_each(_scan_doors, range(SCANS))
    actor = actor_of(agent)

    def find(criteria: Criteria) -> None:
        with acting_as(actor):
            understood = understand(criteria.text)
            found = find_services(criteria, noon(TODAY), understood=understood)  # when doors are open
            len(found)
            list(found[:SHOWN])

    def draw(criteria: Criteria) -> None:
        with acting_as(actor):
            find_points(criteria, ISLAND)

    rows = []
    for name in KINDS:
        asked = list(islice(_asked(name), max(times, TIMES)))
        rows.append(_row(f"find services: {name}", time_each(find, asked), words, 0.05))
    for name in MAPPED:
        asked = list(islice(_asked(name), max(times, TIMES)))
        rows.append(_row(f"points of a map: {name}", time_each(draw, asked), doors, 0.15))
    return rows


def _asked(kind: str) -> Iterator[Criteria]:
    """Yield criteria of a kind, always the same."""
    random = Random(f"{SEED} {kind}")
    themes = {theme.code: theme for theme in Theme.objects.filter(region=None)}
    places = list(Place.objects.filter(region__code="06").order_by("pk"))
    while True:
        code = random.choice(list(SUBJECTS))
        text = f"{random.choice(SUBJECTS[code])} {random.choice(AUDIENCES)}"
        here = Point(random.uniform(SOUTH, NORTH), random.uniform(WEST, EAST))
        match kind:
            case "everything" | "all, by name":
                yield Criteria()
            case "words":
                yield Criteria(text)
            case "words, one typo":
                yield Criteria(mistyped(random, text) or text)
            case "a theme":
                yield Criteria(theme=themes[code])
            case "a word, a theme, a place and a language":
                word, language = text.split()[0], random.choice(LANGUAGES)
                yield Criteria(word, theme=themes[code], place=random.choice(places), language=language)
            case "words within 3 km":
                yield Criteria(text, near=here, within_km=3)
            case "all, the nearest first":
                yield Criteria(near=here)
            case "a theme, open now, with free places":
                yield Criteria(theme=themes[code], open_now=True, free_places=True)
            case "a theme, open now, the nearest first":
                yield Criteria(theme=themes[code], open_now=True, near=here)
            case "all, open now":
                yield Criteria(open_now=True)
            case "a theme, for a person":
                yield Criteria(theme=themes[code], situation=NEWCOMER)


def _row(work: str, timing: Timing, scan: Timing, limit: float) -> Row:
    return Row(
        line=16,
        work=work,
        timing=timing,
        reference="sequential scan",
        reference_timing=scan,
        goals=(Goal(f"p95 ≤ {limit * 1000:.0f} ms", timing.p95 <= limit),),
        notes=NOTES,
    )


def _scan_words(subject: str) -> None:
    """Look for a word in every service, as a database without documents would."""
    _scan(
        "select s.id from directory_service s join directory_organisation o on o.id = s.organisation_id "
        "where unaccent(s.name || ' ' || s.description || ' ' || o.name) ilike unaccent(%s) order by s.name limit 20",
        f"%{subject.split()[0]}%",
    )


def _scan_doors(_turn: int) -> None:
    """Count the services at each door of the island."""
    _scan(
        "select l.id, l.latitude, l.longitude, count(*) from directory_serviceatlocation a "
        "join directory_location l on l.id = a.location_id where l.latitude >= %s group by l.id",
        str(SOUTH),
    )


def _scan(statement: str, parameter: str) -> None:
    with acting_as(MEASURES), connection.cursor() as cursor:
        for setting in ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan"):
            cursor.execute(f"set local {setting} = off")
        cursor.execute(statement, [parameter])
        cursor.fetchall()
