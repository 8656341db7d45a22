"""The doors in the walls around the queue of jobs (procrastinate's tables), opened after each migration by the owner.

The web's role puts jobs in through one function and sees none of them. The worker signs in with the same role, says who
it is in the options of its connection (`arrimage.role=worker`), and by that alone reaches the tables (`guarded.py`).
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, connections
from psycopg import sql

WORKER = "worker"  # the role of the worker's own connection, for the policies; no person and no job acts in it
TABLES = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")
DEFER = "procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])"
STATE = "arrimage_queue_state()"
SILENT_AFTER = "60 seconds"  # a worker shows itself every ten seconds
LATE_AFTER = "5 minutes"

STATE_SQL = f"""
create or replace function {STATE}
returns table (waiting bigint, late bigint, running bigint, failed bigint, workers bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select count(*) filter (where status = 'todo' and coalesce(scheduled_at, now()) <= now()),
           count(*) filter (where status = 'todo' and coalesce(scheduled_at, (
               select max(event.at) from procrastinate_events event
               where event.job_id = job.id and event.type in ('deferred', 'deferred_for_retry', 'retried')
           )) < now() - interval '{LATE_AFTER}'),
           count(*) filter (where status = 'doing'),
           count(*) filter (where status = 'failed'),
           (select count(*) from procrastinate_workers where last_heartbeat > now() - interval '{SILENT_AFTER}')
    from procrastinate_jobs job
    where status in ('todo', 'doing', 'failed')
$$
"""


@dataclass(frozen=True)
class QueueState:
    """How many jobs wait (their hour come), are late, run, have failed; how many workers show themselves."""

    waiting: int
    late: int
    running: int
    failed: int
    workers: int


def open_doors(using: str, **_: Any) -> None:
    """Give the web's role the two functions it needs; they run as the owner, whatever the caller may see."""
    with connections[using].cursor() as cursor:
        cursor.execute("select to_regclass('public.procrastinate_jobs') is not null")
        if not cursor.fetchone()[0]:
            return
        role = sql.Identifier(settings.WEB_ROLE).as_string(cursor.connection)
        # Its triggers, which notify and keep events, run as the owner with it.
        cursor.execute(f"alter function {DEFER} security definer set search_path = pg_catalog, public, pg_temp")
        cursor.execute(STATE_SQL)
        for function in (DEFER, STATE):
            cursor.execute(f"revoke execute on function {function} from public")
            cursor.execute(f"grant execute on function {function} to {role}")


def queue_state() -> QueueState:
    """Return the state of the queue, which anybody may know: it names no job."""
    with connection.cursor() as cursor:
        cursor.execute(f"select waiting, late, running, failed, workers from {STATE}")
        return QueueState(*cursor.fetchone())
