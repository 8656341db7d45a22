"""The queue, as tests look at it and empty it: as the owner of the database, whom its walls do not stop."""

import json
from typing import Any

from django.db import connection

from arrimage.accounts.jobs import JOBS
from tests.roles import as_owner


def queue() -> list[dict[str, Any]]:
    """Return the jobs of the queue, oldest first."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select id, task_name, args, status::text, attempts from procrastinate_jobs order by id")
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"args": json.loads(row["args"])} for row in rows]


def do_waiting_jobs() -> int:
    """Do what waits, here and now, in the transaction of the test; return how many jobs that was."""
    waiting = [row for row in queue() if row["status"] == "todo"]
    for row in waiting:
        JOBS[row["task_name"]].run(row["args"]["actor"], row["args"]["arguments"])
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("select procrastinate_finish_job_v1(%s, 'succeeded', false)", [row["id"]])
    return len(waiting)


def empty_queue() -> None:
    """Forget every job: after a test whose transactions commit."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers cascade")
