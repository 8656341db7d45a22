"""A whole run, in order: what changes the data comes last."""

from collections.abc import Callable
from contextlib import contextmanager
from collections.abc import Iterator
from time import monotonic

import psycopg

from arrimage.bench import machine
from arrimage.bench.data.register import Register
from arrimage.bench.lines import bilan, demonstration, http, imports, pages, search
from arrimage.bench.report import Report
from arrimage.bench.results import Findings
from arrimage.bench.sizes import Size

Say = Callable[[str], None]


def measure(size: Size, owner_url: str, say: Say) -> Report:
    """Fill the database this process is connected to, measure every line, and return the report.

    `owner_url` is for what an installation leaves to the database's owner: `vacuum analyze`, a plain table to copy
    into. Raises `DatabaseHoldsData` when the database is not empty.
    """
    findings = Findings()
    seconds: dict[str, float] = {}
    load_before = machine.load()

    @contextmanager
    def step(label: str, name: str) -> Iterator[None]:
        say(f"{label}…")
        started = monotonic()
        yield
        seconds[name] = seconds.get(name, 0) + monotonic() - started

    with step("Génération des données", "generating"):
        register = Register(size.persons)
        register.fill(size.first_persons)
        analyze(owner_url)
    with step("Page « À faire », petit registre", "to do"):
        first_todo = pages.open_todo(size, register.world, among=first_agents(register))
    with step("Génération des données, suite", "generating"):
        register.fill(size.persons, lambda written: say(f"  {written} personnes"))
        analyze(owner_url)
    with step("Pages", "pages"):
        findings.take(2, lambda: pages.measure_file(size, register.world))
        findings.take(3, lambda: pages.measure_todo(size, register.world, size.first_persons, first_todo))
    with step("Recherche par nom", "search"):
        findings.take(1, lambda: search.measure(size, register.world))
    with step("Bilan", "bilan"):
        findings.take(6, lambda: bilan.measure(register.world))
    with step("Site sous charge", "load"):
        findings.take(4, lambda: http.measure(size, register.world))
    with step("Importation", "import"):
        findings.take(12, lambda: imports.measure(size, owner_url))
    if size.loads_demonstration:
        with step("Démonstration", "demonstration"):
            findings.take(13, lambda: demonstration.measure(owner_url))
    return Report(size, machine.describe(), findings, register.rows(), seconds, (load_before, machine.load()))
