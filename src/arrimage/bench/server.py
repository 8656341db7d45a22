"""The site as `arrimage serve` serves it, on a free port of this machine, and the memory of its processes."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

HOST = "127.0.0.1"
WORKERS = 2
STARTS_WITHIN = 60.0


class ServerDidNotStart(RuntimeError):
    """`arrimage serve` ended, or did not answer in time."""


@dataclass(frozen=True)
class Server:
    """A running site."""

    pid: int
    port: int

    def memory(self) -> list[int]:
        """Return the resident memory, in bytes, of each web process (an empty list where the system does not say)."""
        return [_status(child, "VmRSS") for child in _children(self.pid) if _command(child, "spawn_main")]


@contextmanager
def served(workers: int = WORKERS) -> Iterator[Server]:
    """Serve the site until the block ends. Raises `ServerDidNotStart`."""
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "arrimage.cli", "serve", "--port", str(port), "--workers", str(workers)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        try:
            _wait(process, port, log)
            yield Server(process.pid, port)
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, log: IO[str]) -> None:
    """Return once the server answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            log.seek(0)
            raise ServerDidNotStart(log.read().strip() or f"exit status {process.returncode}")
        connection = HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/sante/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise ServerDidNotStart(f"no answer within {STARTS_WITHIN:.0f} s")


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _command(pid: int, word: str) -> bool:
    """Say whether a process was started with `word`: Granian's workers are, Python's resource tracker is not."""
    try:
        return word in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def peak_memory(pid: int) -> int:
    """Return the most memory, in bytes, that a running process has held; 0 where the system does not say."""
    return _status(pid, "VmHWM")


def _status(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)
