"""Writing the journal: one statement a page, whatever the number of persons it shows.

Without `RETURNING`, and never through the ORM: whoever reads a record may add to the journal without being able to
read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from arrimage.accounts.enums import PARTNER_ROLES, Role
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.privacy.journal.enums import Basis, ObjectKind, What

_READER = "happened_at, user_id, name, role, service_point_id, organisation_id, address"
_RECORD = "what, kind, basis, person_id, region_id, object_uid, break_glass_id"


@dataclass(frozen=True)
class Seen:
    """One record that was shown: whose, what kind of page, on what ground."""

    what: What
    kind: ObjectKind
    basis: Basis
    person_id: int | None = None
    region_id: int | None = None
    object_uid: UUID | None = None
    break_glass_id: int | None = None

    def row(self) -> list[Any]:
        return [
            self.what, self.kind, self.basis, self.person_id, self.region_id, self.object_uid, self.break_glass_id,
        ]  # fmt: skip


def write_readings(
    actor: Actor, seen: Sequence[Seen], *, address: str = "", once_since: datetime | None = None
) -> None:
    """Add a line for each record seen. With `once_since`, leave out what the same person saw since then."""
    if not seen:
        return
    values = ", ".join(["(%s::text, %s::text, %s::text, %s::bigint, %s::bigint, %s::uuid, %s::bigint)"] * len(seen))
    statement = (
        f"insert into journal_reading ({_READER}, {_RECORD}) "
        f"select {_reader_values()}, {_RECORD} from (values {values}) as seen ({_RECORD})"
    )
    parameters = [*_reader(actor, address), *(value for each in seen for value in each.row())]
    if once_since is not None:
        statement += (
            " where not exists (select from journal_reading before"
            " where before.user_id = %s and before.happened_at >= %s"
            " and before.person_id is not distinct from seen.person_id and before.kind = seen.kind"
            " and before.object_uid is not distinct from seen.object_uid)"
        )
        parameters += [actor.user_id, once_since]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def write_readings_of(
    actor: Actor, rows: QuerySet[Any, Any], what: What, kind: ObjectKind, *, address: str = ""
) -> None:
    """Add a line for each person of `rows`: an export, in one statement.

    `rows` is a query of tuples (`values_list`): person, region, basis. A person there several times gets one line.
    """
    query, given = rows.order_by().query.sql_with_params()
    statement = (
        f"insert into journal_reading ({_READER}, {_RECORD}) "
        f"select distinct on (person_id) {_reader_values()}, "
        f"%s, %s, basis, person_id, region_id, null::uuid, null::bigint "
        f"from ({query}) as rows (person_id, region_id, basis)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_reader(actor, address), what, kind, *given])


def _reader(actor: Actor, address: str) -> list[Any]:
    organisation = actor.scope_id if actor.role in PARTNER_ROLES or actor.link_id else None
    # A sealed line outlives the person: it never holds their name. While they are here, their account says who it is.
    name = "" if actor.role == Role.NEWCOMER else actor.name
    return [
        clock.now(), actor.user_id, name, actor.role or "", actor.service_point_id, organisation, address[:45],
    ]  # fmt: skip


def _reader_values() -> str:
    return "%s::timestamptz, %s::bigint, %s::text, %s::text, %s::bigint, %s::bigint, %s::text"
