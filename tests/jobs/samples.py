"""Jobs of the tests: they leave a trace, ask who acts, or fail."""

from datetime import date
from uuid import UUID

from django.db import connection

from arrimage.accounts.enums import Right
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.territory.models import Place

DONE: list[tuple[object, ...]] = []


@job(name="tests.note", retry=1)
def note(
    actor: Actor, *, uid: UUID, day: date | None = None, code: str = "", count: int = 0, loud: bool = False
) -> str:
    DONE.append((actor, uid, day, code, count, loud))
    return "noted"


@job(name="tests.who", rights=frozenset({Right.ACCOMPANY}))
def who(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('arrimage.actor'), current_setting('arrimage.role'),"
            " current_setting('arrimage.reason'), current_user"
        )
        DONE.append(cursor.fetchone())


@job(name="tests.fail_half_way")
def fail_half_way(actor: Actor, *, place: int) -> None:
    Place.objects.filter(pk=place).update(name="À moitié fait")
    raise RuntimeError("Nadia Exemple, 514 555-0123")


@job(name="tests.retried", retry=2)
def retried(actor: Actor) -> None:
    raise OSError("the network")


@job(name="tests.ask_for_another")
def ask_for_another(actor: Actor, *, uid: UUID) -> None:
    note.defer(actor, uid=uid)
    raise RuntimeError("undone, and the job it asked for with it")
