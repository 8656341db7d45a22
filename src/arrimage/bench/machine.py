"""What the measures ran on."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import django
from django.db import connection

SETTINGS = ("shared_buffers", "work_mem", "fsync", "synchronous_commit", "jit", "max_parallel_workers_per_gather")


class NotTheWebRole(RuntimeError):
    """The connection has more rights than the application's own: its times would not be the application's."""


@dataclass(frozen=True)
class Machine:
    """Facts in words, by name."""

    facts: dict[str, str]


def describe() -> Machine:
    """Return the facts of this machine and of the database in use. Raises `NotTheWebRole`."""
    require_web_role()
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version'), inet_server_addr() is null")
        server, on_socket = cursor.fetchone()
        cursor.execute("select name, current_setting(name) from unnest(%s::text[]) as name", [list(SETTINGS)])
        settings = ", ".join(f"{name} {value}" for name, value in cursor.fetchall())
    return Machine(
        {
            "Day": datetime.now(UTC).date().isoformat(),
            "Processor": f"{_processor()}, {cores()} cores for this process",
            "Memory": f"{_memory_gib():.0f} GiB",
            "System": f"{platform.system()} {platform.release()} ({platform.machine()})",
            "Python": f"{platform.python_version()}, Django {django.__version__}, Granian {version('granian')}",
            "PostgreSQL": f"{server}, by {'a socket of this machine' if on_socket else 'the network'}; {settings}",
            "Connected as": "the web's role, which owns nothing and is no superuser (checked)",
        }
    )


def require_web_role() -> None:
    """Raise `NotTheWebRole` when this process is connected as somebody who owns tables or passes over rights."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolbypassrls or exists (select from pg_class c where c.relowner = r.oid) "
            "from pg_roles r where rolname = current_user"
        )
        if cursor.fetchone() != (False,):
            raise NotTheWebRole("measures are made as the web's role, which owns nothing")


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> float:
    """Return the machine's load of the last minute: more than the cores means that others disturb the measures."""
    return os.getloadavg()[0]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
