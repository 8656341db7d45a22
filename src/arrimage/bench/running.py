"""A whole run, in order: what changes the data comes last."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic

from django.db import connection

from arrimage.bench import machine
from arrimage.bench.data.register import Register
from arrimage.bench.lines import bilan, costs, costs_of_history, demonstration, directory, http, imports, pages, search
from arrimage.bench.owner import Owner
from arrimage.bench.report import Report
from arrimage.bench.results import Findings
from arrimage.bench.sizes import Size
from arrimage.foundation.memory import keep_what_is_loaded

Say = Callable[[str], None]
EVERY_LINE = frozenset((1, 2, 3, 4, 6, 12, 13, 14, 15, 16))
WITHOUT_REGISTER = frozenset((12, 13, 16))  # a few people are enough for these


def measure(size: Size, owner: Owner, say: Say, lines: frozenset[int] = EVERY_LINE) -> Report:
    """Fill the database this process is connected to, measure `lines`, and return the report.

    `owner` fills it, and does without policies what is compared with the web's role. Raises `DatabaseHoldsData` when
    the database is not empty.
    """
    findings = Findings()
    seconds: dict[str, float] = {}
    take = partial(findings.take, among=lines)
    described, load_before = machine.describe(), machine.load()

    @contextmanager
    def step(label: str, name: str) -> Iterator[None]:
        say(f"{label}…")
        started, failed = monotonic(), set(findings.failures)
        yield
        for line in sorted(findings.failures.keys() - failed):
            say(f"  ligne {line}, impossible à mesurer : {findings.failures[line]}")
        seconds[name] = seconds.get(name, 0) + monotonic() - started

    with step("Génération des données", "generating"):
        with owner.speaking():
            register = Register(size.persons)
            register.fill(size.first_persons)
            analyze()
        early = register.agents()
    with step("Page « À faire », petit registre", "to do"):
        before = pages.look_at_todo(early, size.openings if 3 in lines else 1)
    persons = size.persons if lines - WITHOUT_REGISTER else size.first_persons
    with step("Génération des données, suite", "generating"):
        with owner.speaking():
            register.fill(persons, lambda written: say(f"  {written} personnes"))
            analyze()
        late = [grant for grant in register.agents() if grant not in early] or early
    keep_what_is_loaded()  # as each process of the site does
    with step("Pages", "pages"):
        take(lambda: pages.measure_file(late, size.openings), 2)
        take(lambda: pages.measure_todo(late, size, before), 3)
    with step("Recherche par nom", "search"):
        take(lambda: search.measure(late, size.searches, owner), 1)
    with step("Prix des règles, de l’historique et du journal", "costs"):
        take(lambda: costs.measure_page(late[0], size.openings, owner), 15)
        take(lambda: costs.measure_search(late[0], size.searches, owner), 15)
        take(lambda: costs_of_history.measure(owner), 15)
    with step("Bilan", "bilan"):
        take(lambda: bilan.measure(register.world.director, owner), 6)
    with step("Site sous charge", "load"):
        take(lambda: http.measure(size, late, register.world.director), 4, 14)
    with step("Importation", "import"):
        take(lambda: imports.measure(size.import_rows, owner.url), 12)
    with step("Répertoire des services", "directory"):
        take(lambda: directory.measure(late[0], size.openings, owner), 16)
    if size.loads_demonstration:
        with step("Démonstration", "demonstration"):
            take(lambda: demonstration.measure(owner.url), 13)
    take(lambda: costs_of_history.measure_sizes(owner), 15)
    return Report(size, described, findings, register.rows(), seconds, (load_before, machine.load()))


def analyze() -> None:
    """Do at once, as the owner, what autovacuum does in time: without it the planner would not know the new rows."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")
