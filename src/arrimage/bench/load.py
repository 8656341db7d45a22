"""Several users at once over HTTP: each sends its next request as soon as the last one is answered."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from random import Random
from time import monotonic, perf_counter

from arrimage.bench.server import HOST
from arrimage.bench.sizes import SEED
from arrimage.bench.timing import Timing

LONGEST = 60.0


@dataclass(frozen=True)
class Visit:
    """One page a user asks for: what kind it is, where, with which session."""

    kind: str
    path: str
    session: str = ""


@dataclass(frozen=True)
class Answer:
    """What a visit got: `status` is 0 when no answer came."""

    kind: str
    seconds: float
    status: int


@dataclass(frozen=True)
class Load:
    """The answers of all users, and how long it lasted."""

    answers: list[Answer]
    seconds: float

    def timing(self, kind: str | None = None) -> Timing:
        return Timing([answer.seconds for answer in self.answers if kind in (None, answer.kind)])

    @property
    def errors(self) -> int:
        return sum(answer.status != 200 for answer in self.answers)

    @property
    def a_second(self) -> float:
        return len(self.answers) / self.seconds


def put_load(port: int, users: int, choose: Callable[[Random], Visit], *, seconds: float, requests: int = 0) -> Load:
    """Let `users` visit what `choose` gives them for `seconds`, and until there were `requests` answers in all.

    Never longer than `LONGEST` past `seconds`.
    """
    answers: list[list[Answer]] = [[] for _ in range(users)]
    started = monotonic()

    def goes_on() -> bool:
        passed = monotonic() - started
        return passed < seconds or (passed < seconds + LONGEST and sum(map(len, answers)) < requests)

    def visit(user: int) -> None:
        random = Random(f"{SEED} {user}")
        connection = HTTPConnection(HOST, port, timeout=30)
        while goes_on():
            answers[user].append(_ask(connection, choose(random)))
        connection.close()

    threads = [threading.Thread(target=visit, args=[user]) for user in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load([answer for each in answers for answer in each], monotonic() - started)


def _ask(connection: HTTPConnection, visit: Visit) -> Answer:
    headers = {"Cookie": f"sessionid={visit.session}"} if visit.session else {}
    started = perf_counter()
    try:
        connection.request("GET", visit.path, headers=headers)
        response = connection.getresponse()
        response.read()
        status = response.status
    except (OSError, HTTPException):
        connection.close()  # the next request opens it again
        status = 0
    return Answer(visit.kind, perf_counter() - started, status)
