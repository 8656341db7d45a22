"""Jobs: work done later, in the name of whoever asked for it.

A room declares its jobs in `tasks.py` (found at start-up):

    @job(name="reporting.write_export", queue="exports", retry=3)
    def write_export(actor: Actor, *, export: UUID) -> None: ...

    write_export.defer(request.actor, export=export.uid)  # commits with the data it speaks of, or not at all

The queue holds uids and who asked, never personal data. When the job runs, the grant is read again: whoever has left
since asks for nothing any more. A worker that dies leaves its job to another, so a job done twice must do it once.
"""

import inspect
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, get_args, get_type_hints
from uuid import UUID

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job as QueuedJob
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.types import JSONDict

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Right
from arrimage.accounts.middleware import remembered_grant
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, actor_of, system_actor
from arrimage.foundation.errors import DomainError, NotAllowed
from arrimage.territory.models import Region

P = ParamSpec("P")
R = TypeVar("R")

CLOCK = "clock"  # the system's actor for what the passing of time asks
KINDS = (str, int, bool, UUID, date)
CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,100}")  # a code, never a name, an address or a sentence

logger = logging.getLogger(__name__)

# Writes through Django's own connection, inside the current transaction; even in a worker, whose app has another.
_manager = JobManager(DjangoConnector())


class JobRefused(NotAllowed):
    """Nobody stands behind this job any more; `str(error)` is kept with it."""


class Job(Generic[P, R]):
    """A function that can be called at once like any other, or put in the queue (`defer`)."""

    def __init__(
        self, function: Callable[Concatenate[Actor, P], R], *, name: str, queue: str, rights: frozenset[Right]
    ) -> None:
        self.function = function
        self.name = name
        self.queue = queue
        self.rights = rights
        self.kinds = _kinds_of(function)

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(actor, *args, **kwargs)

    def defer(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> int:
        """Put the job in the queue, in the current transaction, and return its number."""
        return self._put(actor, kwargs)

    def defer_each(self, actor: Actor, several: Iterable[Mapping[str, Any]]) -> None:
        """Put one job a set of arguments in the queue, in the current transaction. One query."""
        if queued := [self._queued(actor, arguments) for arguments in several]:
            _manager.batch_defer_jobs(queued)

    def defer_at(self, moment: datetime, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> int:
        """Put the job in the queue, to be done at `moment` or soon after."""
        return self._put(actor, kwargs, moment)

    def _put(self, actor: Actor, arguments: Mapping[str, Any], moment: datetime | None = None) -> int:
        number = _manager.defer_job(self._queued(actor, arguments, moment)).id
        if number is None:
            raise RuntimeError("the queue gave no number")
        return number

    def _queued(self, actor: Actor, arguments: Mapping[str, Any], moment: datetime | None = None) -> QueuedJob:
        if actor.system and not self.rights <= actor.extra_rights:
            raise NotAllowed(_("Cet acteur du système n’a pas les droits de ce travail."))
        stored: JSONDict = {"actor": dict(reference(actor)), "arguments": self.encoded(arguments)}
        return QueuedJob(
            queue=self.queue, task_name=self.name, lock=None, queueing_lock=None, task_kwargs=stored,
            scheduled_at=moment,
        )  # fmt: skip

    def encoded(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments as JSON. Raises `TypeError` for a value that is none of `KINDS`, or is more than a code.

        A name or a sentence is somebody's: the job is given the uid of the record that holds it.
        """
        inspect.signature(self.function).bind(None, **arguments)
        return {name: _encoded(name, value) for name, value in arguments.items()}

    def run(self, who: Mapping[str, Any], arguments: Mapping[str, Any]) -> None:
        """Do a job of the queue: read again who asked, then act in their name, in one transaction."""
        actor = actor_again(who, self.rights)
        decoded: dict[str, Any] = {name: _decoded(self.kinds[name], value) for name, value in arguments.items()}
        run: Callable[..., R] = self.function
        with acting_as(actor, reason=_("travail %(name)s") % {"name": self.name}):
            run(actor, **decoded)


JOBS: dict[str, Job[..., Any]] = {}


def job(
    *,
    name: str,
    queue: str = "default",
    retry: int = 0,
    every: str | None = None,
    system: str = CLOCK,
    rights: frozenset[Right] = frozenset(),
) -> Callable[[Callable[Concatenate[Actor, P], R]], Job[P, R]]:
    """Make a job of a function whose first argument is the actor and whose others are keywords of `KINDS`.

    `retry`: how many times again after an unexpected error, further and further apart (a refusal of the domain is
    final). `every`: when it runs by itself, as a cron line in universal time, under the actor `system`; what was missed
    in the last day is caught up. `rights`: what an actor of the system holds while it does this job.
    """

    def declare(function: Callable[Concatenate[Actor, P], R]) -> Job[P, R]:
        declared = Job(function, name=name, queue=queue, rights=rights)

        # What the queue keeps of a job; procrastinate adds the hour of a periodic one, the worker why one failed.
        def execute(timestamp: int = 0, *, actor: dict[str, Any], arguments: dict[str, Any], failure: str = "") -> None:
            declared.run(actor, arguments)

        lock = name if every else None
        again = _Again(retry) if retry else False
        task = app.task(name=name, queue=queue, retry=again, lock=lock, queueing_lock=lock)(execute)
        if every:
            stored: JSONDict = {"actor": dict(reference(system_actor(system))), "arguments": declared.encoded({})}
            app.periodic(cron=every, task_kwargs=stored)(task)
        JOBS[name] = declared
        return declared

    return declare


def reference(actor: Actor) -> dict[str, str]:
    """Return who acts, as the queue keeps it. Raises `NotAllowed` for somebody who holds no grant to read again."""
    if actor.system:
        return {"system": actor.system} | ({"region": actor.region_code} if actor.region_code else {})
    if actor.user_id is None or actor.grant is None:
        raise NotAllowed(_("Ouvrez d’abord une session, puis recommencez."))
    uid = User.objects.values_list("uid", flat=True).get(pk=actor.user_id)
    return {"user": str(uid), "grant": actor.grant}


def actor_again(who: Mapping[str, Any], rights: frozenset[Right] = frozenset()) -> Actor:
    """Return the actor a reference names, as they are now. Raises `JobRefused` when they hold that grant no more."""
    with acting_as(system_actor("queue")):
        if "system" in who:
            region = Region.objects.get(code=who["region"]) if "region" in who else None
            pk, code = (region.pk, region.code) if region else (None, None)
            return system_actor(who["system"], *rights, region_id=pk, region_code=code)
        user = User.objects.filter(uid=who["user"], is_active=True).first()
        grant = remembered_grant(user, who["grant"]) if user else None
        if grant is None:
            raise JobRefused(_("La personne qui a demandé ce travail n’a plus le rôle dans lequel elle le demandait."))
        return actor_of(grant, user)


class _Again(BaseRetryStrategy):
    """Try again after 10 s, 40 s, 160 s…, except what the domain refuses: it would refuse again."""

    def __init__(self, times: int) -> None:
        self.times = times

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if isinstance(exception, DomainError) or job.attempts >= self.times:
            return None
        return RetryDecision(retry_in={"seconds": 10 * 4**job.attempts})


def _kinds_of(function: Callable[..., Any]) -> dict[str, type]:
    """Return the kind of each argument after the actor. Raises `TypeError` for a function that cannot be a job."""
    _actor, *others = inspect.signature(function).parameters.values()
    hints = get_type_hints(function)
    kinds = {}
    for parameter in others:
        hint = hints[parameter.name]
        optional = get_args(hint) if isinstance(hint, UnionType) else ()
        kind = next((kind for kind in optional if kind is not NoneType), hint)
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY or kind not in KINDS:
            raise TypeError(f"{function.__qualname__}: {parameter.name} must be a keyword of {KINDS}")
        kinds[parameter.name] = kind
    return kinds


def _encoded(name: str, value: object) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and CODE.fullmatch(value):
        return str(value)
    raise TypeError(f"{name}: the queue keeps codes, numbers, dates and uids only; give the uid of the record")


def _decoded(kind: type, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if kind is date else kind(value)
