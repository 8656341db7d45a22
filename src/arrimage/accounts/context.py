"""For whom the database works: the actor of a transaction, as row security and the history read it.

`@action` marks what writes; `acting_as` opens a piece of work (a command, a job), `request_of` a request; `elevated`
lets through what follows from somebody's action on records they may not see themselves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction
from psycopg.pq import TransactionStatus

from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.database import set_context

P = ParamSpec("P")
R = TypeVar("R")

SYSTEM = "system"  # the role of actors that are no person, for the policies
LINK_HOLDER = "link_holder"  # of who answers one referral by a link: its key is their scope


@dataclass(frozen=True)
class Context:
    """Who acts, from which address, why; `elevated` while the work is the system's, in that person's name."""

    actor: Actor
    address: str = ""
    reason: str = ""
    elevated: bool = False

    def settings(self) -> dict[str, object]:
        """Return the settings PostgreSQL reads, without their prefix `arrimage.`."""
        actor = self.actor
        return {
            "actor": actor.user_id,
            "name": actor.name,
            "role": SYSTEM if actor.system or self.elevated else LINK_HOLDER if actor.link_id else actor.role,
            "region": actor.region_id,
            "point": actor.service_point_id,
            "scope": actor.link_id or actor.scope_id,
            "address": self.address,
            "reason": self.reason,
            "today": clock.today(),
        }


NOBODY: dict[str, object] = dict.fromkeys(
    ("actor", "name", "role", "region", "point", "scope", "address", "reason", "today")
)


def current() -> Context | None:
    """Return the context of the current transaction, as it was opened here."""
    return getattr(transaction.get_connection(), "arrimage_context", None)


@contextmanager
def acting_as(actor: Actor, *, address: str | None = None, reason: str | None = None) -> Iterator[None]:
    """Do what is inside as `actor`, in the transaction around or in one of its own.

    Inside a context of the same actor, nothing changes. `address` and `reason` go to the history with each change;
    those of the context around are kept unless given.
    """
    around = current()
    if around is not None and around.actor == actor and address is None and reason is None:
        yield
        return
    wanted = Context(
        actor,
        address=address if address is not None else (around.address if around else ""),
        reason=reason if reason is not None else (around.reason if around else ""),
    )
    with _within(wanted):
        yield


@contextmanager
def request_of(actor: Actor, address: str) -> Iterator[None]:
    """Do a request's work as `actor`. The request has opened its transaction, and ends it right after."""
    connection = transaction.get_connection()
    wanted = Context(actor, address=address)
    set_context(**wanted.settings())
    connection.arrimage_context = wanted
    try:
        yield
    finally:
        connection.arrimage_context = None


@contextmanager
def elevated() -> Iterator[None]:
    """Let what is inside reach every record, in the name of the actor of the context around.

    For what follows from an action its author had the right to (a partner's answer returns the need to the agent's
    list) and for figures over records nobody is shown. Rights are checked before; nothing read inside is handed out.
    """
    around = current()
    if around is None:
        raise RuntimeError("elevated() needs a context: somebody acts")
    with _within(replace(around, elevated=True)):
        yield


@contextmanager
def _within(wanted: Context) -> Iterator[None]:
    connection = transaction.get_connection()
    around = current()
    opens = not connection.in_atomic_block
    with transaction.atomic() if opens else nullcontext():
        set_context(**wanted.settings())
        connection.arrimage_context = wanted
        try:
            yield
        finally:
            connection.arrimage_context = around
            if not opens and connection.connection.info.transaction_status != TransactionStatus.INERROR:
                # After an error, undoing to the last savepoint undoes what was said too.
                set_context(**(around.settings() if around else NOBODY))


def action(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Mark a function that writes: its first argument is the actor, its writes are one transaction in their name."""

    @wraps(function)
    def act(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), acting_as(actor):
            return function(actor, *args, **kwargs)

    return act
