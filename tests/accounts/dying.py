"""Workers killed at a chosen step, and what they left taken up again."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

from arrimage.accounts import worker
from tests.roles import as_owner


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(place: Any, name: str) -> Callable[[], None]:
    return lambda: setattr(place, name, die)


def after(place: Any, name: str) -> Callable[[], None]:
    whole = getattr(place, name)

    def act(*given: Any, **named: Any) -> None:
        whole(*given, **named)
        die()

    return lambda: setattr(place, name, act)


def work_until_death(make_it_die: Callable[[], None]) -> bool:
    """Let a worker of another process do what waits; say whether it was killed at its step."""
    child = os.fork()
    if child == 0:
        for each in connections.all():
            each.connection = None  # the parent's
        make_it_die()
        worker.work(once=True)
        os._exit(0)
    _pid, ended = os.waitpid(child, 0)
    return os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL


def try_again_now() -> None:
    """Let the next worker find what a dead one held, and what waits for another try."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
        cursor.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")
