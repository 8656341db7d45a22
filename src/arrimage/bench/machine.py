"""What the measures ran on."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import django
from django.db import connection

SETTINGS = ("shared_buffers", "work_mem", "fsync", "synchronous_commit", "jit", "max_parallel_workers_per_gather")


@dataclass(frozen=True)
class Machine:
    """Facts in words, by name."""

    facts: dict[str, str]


def describe() -> Machine:
    """Return the facts of this machine and of the database in use."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version'), current_user")
        server, role = cursor.fetchone()
        cursor.execute("select name, current_setting(name) from unnest(%s) as name", [list(SETTINGS)])
        settings = ", ".join(f"{name} {value}" for name, value in cursor.fetchall())
    return Machine(
        {
            "Processor": f"{_processor()}, {cores()} cores for this process",
            "Memory": f"{_memory_gib():.0f} GiB",
            "System": f"{platform.system()} {platform.release()} ({platform.machine()})",
            "Python": f"{platform.python_version()}, Django {django.__version__}, Granian {version('granian')}",
            "PostgreSQL": f"{server}; {settings}",
            "Connected as": f"`{role}`, a role that owns nothing",
        }
    )


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
