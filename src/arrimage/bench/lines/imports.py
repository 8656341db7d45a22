"""Line 12: the import of a manifest, by the command people use, beside COPY of the same file."""

import csv
import io
import json
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from typing import Any

import psycopg

from arrimage.bench.data.names import family_name, given_name
from arrimage.bench.results import Goal, Row
from arrimage.bench.server import peak_memory
from arrimage.bench.sizes import SEED, TODAY
from arrimage.bench.timing import Timing
from arrimage.people.enums import Category

COLUMNS = ("flight_number", "date", "time", "origin", "party", "family_name", "given_name", "birth_date", "gender",
           "birth_country", "language", "category", "relation", "phone", "email", "destination")  # fmt: skip
COPIES = 5
FAULTY_ROWS, FAULTS = 1_000, 10
MOST_SECONDS, MOST_MEMORY = 60, 400_000_000
NOTES = (
    "`arrimage import arrivals FILE --wet-run` in a process of its own, its start included; every row is checked, "
    "parsed and written with its flight and party. The reference copies the very same CSV into a plain table of text "
    "columns, without keys nor checks. The peak is the system's own count of the most memory the process held, read "
    f"until it ends. The faulty file has {FAULTS} wrong rows of {FAULTY_ROWS:,}.",
)


class ImportWentWrong(RuntimeError):
    """The import did not do what it was measured for."""


def measure(count: int, owner_url: str) -> list[Row]:
    """Import so many rows that are right, then a file where some are wrong."""
    with tempfile.TemporaryDirectory() as folder:
        good, faulty = Path(folder, "manifeste.csv"), Path(folder, "fautif.csv")
        good.write_text(manifest(count, "M"), encoding="utf-8")
        faulty.write_text(manifest(FAULTY_ROWS, "F", faulty=True), encoding="utf-8")
        copied = copy_plainly(good, owner_url)
        seconds, peak, report = import_file(good)
        if report["created"] != count:
            raise ImportWentWrong(f"{report['created']} rows created of {count}: {report['errors'][:3]}")
        refused = {error["row"] for error in import_file(faulty)[2]["errors"]}
    return [
        Row(
            line=12,
            work=f"import of {count:,} rows of a manifest",
            timing=Timing([seconds]),
            reference="COPY of the same rows into a plain table",
            reference_timing=copied,
            figures=(
                f"{count / seconds:.0f} rows a second, peak memory {peak / 2**20:.0f} MiB; of a file with {FAULTS} "
                f"wrong rows, {len(refused & wrong_rows())} refused by row and nothing written"
            ),
            goals=(
                Goal(f"≤ {MOST_SECONDS} s (50,000 rows)", seconds * max(1, 50_000 / count) <= MOST_SECONDS),
                Goal("≤ 400 MB", 0 < peak <= MOST_MEMORY),
                Goal("row-level errors", refused == wrong_rows()),
            ),
            notes=(*NOTES, *(() if count >= 50_000 else (
                f"The goal in seconds is for 50,000 rows: here the time of {count:,} is multiplied by "
                f"{50_000 / count:g}, which counts the start as many times.",
            ))),
        )
    ]  # fmt: skip


def manifest(count: int, prefix: str, *, faulty: bool = False) -> str:
    """Return a CSV of so many announced persons; in a faulty one, some were born on a day that does not exist."""
    random = Random(f"{SEED} {prefix}")
    wrong = wrong_rows() if faulty else set()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    number = party = 0
    while number < count:
        party += 1
        family, flight = family_name(random, "es").latin, random.randrange(40)
        category = random.choice(list(Category)).value
        for place in range(min(random.choice([1, 1, 2, 3, 4]), count - number)):
            number += 1
            birth = TODAY - timedelta(days=random.randrange(3_000, 20_000))
            writer.writerow(
                [f"ZZ{flight}", TODAY + timedelta(days=1 + flight % 9), f"{6 + flight % 16:02}:30", f"Ville {flight}",
                 f"{prefix}-{party:06}", family, f"{given_name(random, 'es').latin} {number}",
                 "1988-02-31" if number + 1 in wrong else birth, random.choice(["woman", "man"]), "CO", "es", category,
                 ("principal", "spouse", "child", "child")[place], f"514555{number % 10_000:04}",
                 f"arrivee{number}@mesures.example", "Montréal"]
            )  # fmt: skip
    return text.getvalue()


def wrong_rows() -> set[int]:
    """Return the numbers of the faulty file's wrong rows, as a spreadsheet numbers them (the titles are row 1)."""
    step = FAULTY_ROWS // FAULTS
    return {2 + step // 2 + step * rank for rank in range(FAULTS)}


def copy_plainly(path: Path, owner_url: str) -> Timing:
    """Copy the file several times into a table of text columns, emptied between, and return the durations."""
    content = path.read_bytes()
    columns = ", ".join(f'"{name}" text' for name in COLUMNS)
    seconds = []
    with psycopg.connect(owner_url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(f"create table bench_plain ({columns})")
        try:
            for _ in range(COPIES):
                cursor.execute("truncate bench_plain")
                started = perf_counter()
                with cursor.copy("copy bench_plain from stdin (format csv, header)") as copy:
                    copy.write(content)
                seconds.append(perf_counter() - started)
        finally:
            cursor.execute("drop table bench_plain")
    return Timing(seconds)


def import_file(path: Path) -> tuple[float, int, dict[str, Any]]:
    """Import a manifest by the command and return the seconds, the peak memory in bytes and the report."""
    command = [sys.executable, "-m", "arrimage.cli", "import", "arrivals", str(path), "--wet-run", "--region", "06"]
    started = perf_counter()
    peak = 0
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            peak = max(peak, peak_memory(process.pid))
            sleep(0.02)
        seconds = perf_counter() - started
        output.seek(0)
        return seconds, peak, json.load(output)
