"""The worker: takes jobs from the queue and does them (`arrimage worker`)."""

import asyncio
import time
from typing import Any

from django.db import connections
from procrastinate import App
from procrastinate.contrib.django import app, connector_params
from procrastinate.job_context import JobContext
from procrastinate.middleware import AsyncCallNext
from procrastinate.periodic import PeriodicDeferrer
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.queue import WORKER

GRACE = 30  # seconds a stopping worker leaves to the jobs it is doing
STALLED_AFTER = 60  # seconds without a sign of life from the worker that holds a job
FEW = 5  # a job that brought down that many workers is left aside
KEPT_HOURS = 24 * 30  # how long the queue remembers what is done

RETURN_STALLED = """
    select procrastinate_retry_job_v2(job.id, now(), null, null, null)
    from procrastinate_jobs job left join procrastinate_workers worker on worker.id = job.worker_id
    where job.status = 'doing' and job.attempts < %(few)s
      and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %(seconds)s))
"""
ABANDON_STALLED = """
    select procrastinate_finish_job_v1(job.id, 'failed', false)
    from procrastinate_jobs job left join procrastinate_workers worker on worker.id = job.worker_id
    where job.status = 'doing' and job.attempts >= %(few)s
      and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %(seconds)s))
"""
KEEP_FAILURE = (
    "update procrastinate_jobs set args = args || jsonb_build_object('failure', %(why)s::text) where id = %(id)s"
)


def work(*, once: bool = False, concurrency: int = 2) -> None:
    """Do jobs until told to stop (SIGTERM, Ctrl-C), finishing those begun; with `once`, until none is due."""
    with app.replace_connector(PsycopgConnector(min_size=1, max_size=4, kwargs=connection_parameters())) as workers_app:
        asyncio.run(_work(workers_app, once=once, concurrency=concurrency))


def connection_parameters() -> dict[str, Any]:
    """Return how the worker's own connection is made: the web's role, saying that it is the worker."""
    given = connector_params()
    return given | {"options": f"{given.get('options', '')} -c arrimage.role={WORKER}".strip()}


async def _work(workers_app: App, *, once: bool, concurrency: int) -> None:
    async with workers_app.open_async():
        workers_app.perform_import_paths()
        await tidy(workers_app)
        if once:
            deferrer = PeriodicDeferrer(workers_app.periodic_registry, **workers_app.periodic_defaults)
            await deferrer.defer_jobs(list(deferrer.get_previous_tasks(at=time.time())))
        await workers_app.run_worker_async(
            wait=not once,
            concurrency=concurrency,
            listen_notify=not once,
            shutdown_graceful_timeout=GRACE,
            worker_middleware=[_keep_failure],
        )
    connections.close_all()


async def tidy(workers_app: App) -> None:
    """Put back in the queue what dead workers held, and forget what was done long ago."""
    stalled = {"few": FEW, "seconds": STALLED_AFTER}
    await workers_app.connector.execute_query_all_async(ABANDON_STALLED, **stalled)
    await workers_app.connector.execute_query_all_async(RETURN_STALLED, **stalled)
    await workers_app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="queue.tidy", queue="queue", queueing_lock="queue.tidy", pass_context=True)
async def tidy_queue(context: JobContext, timestamp: int) -> None:
    """Tidy, every five minutes: the queue's own housekeeping, which touches no other table."""
    await tidy(context.app)


async def _keep_failure(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Keep with a job why it failed: the sentence of a refusal, or the kind of an error (its text may name people)."""
    try:
        return await call_next()
    except Exception as error:
        why = str(error) if isinstance(error, NotAllowed) else type(error).__name__
        await worker.app.connector.execute_query_async(KEEP_FAILURE, why=why, id=context.job.id)
        raise
