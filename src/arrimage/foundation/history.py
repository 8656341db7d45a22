"""The history of every record: which field changed, from what to what, by whom, when, from where, why.

Triggers of the database write it, so that no code path escapes it; a change in nobody's name is refused. Who acts is
what the transaction said of itself (`accounts.context`). A person reads the history of the records they may see, and no
other.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections, models
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from arrimage.foundation import clock
from arrimage.foundation.partitions import AHEAD, ensure_partitions

FIRST_YEAR = 2026
_BY_OPERATION = {
    "insert": "referencing new table as new_rows",
    "update": "referencing old table as old_rows new table as new_rows",
    "delete": "referencing old table as old_rows",
}


class Operation(models.TextChoices):
    INSERT = "insert", _("Ajout")
    UPDATE = "update", _("Modification")
    DELETE = "delete", _("Suppression")


class Change(models.Model):
    """What one statement did to one row. `changed` is `{field: [before, after]}`, as PostgreSQL writes them in JSON.

    Nothing is repeated at an addition: the row itself, and its later changes, say what it began with.
    """

    happened_at = models.DateTimeField(_("quand"))
    table_name = models.CharField(max_length=63)
    record_id = models.BigIntegerField()
    operation = models.CharField(max_length=6, choices=Operation.choices)
    changed = models.JSONField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("par"), max_length=150)
    address = models.CharField(_("depuis"), max_length=45)
    reason = models.TextField(_("pourquoi"))

    class Meta:
        db_table = "foundation_change"
        ordering = ["-happened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.table_name} {self.record_id}: {self.operation}"


def changes_of(record: models.Model) -> "models.QuerySet[Change]":
    """Return the changes of one record, the last first; none unless the actor of the transaction may see it."""
    return Change.objects.filter(table_name=record._meta.db_table, record_id=record.pk)


# --- What the database is told, as its owner ------------------------------------------------------------------------
FUNCTIONS = """
create or replace function arrimage_acting_name() returns text language plpgsql as $$
begin
    if coalesce(current_setting('arrimage.name', true), '') = '' then
        raise exception 'a change in nobody''s name is refused' using errcode = 'insufficient_privilege',
            hint = 'say who acts: accounts.context.acting_as';
    end if;
    return current_setting('arrimage.name');
end $$;

create or replace function arrimage_record_changes() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
declare
    silent text[] := '{version,updated_at}'::text[] || coalesce(tg_argv, '{}');
begin
    if tg_op = 'INSERT' then
        insert into foundation_change
            (happened_at, table_name, record_id, operation, actor_id, actor_name, address, reason)
        select now(), tg_table_name, id, 'insert', nullif(current_setting('arrimage.actor', true), '')::bigint,
            arrimage_acting_name(), coalesce(current_setting('arrimage.address', true), ''),
            coalesce(current_setting('arrimage.reason', true), '')
        from new_rows;
    elsif tg_op = 'UPDATE' then
        insert into foundation_change
            (happened_at, table_name, record_id, operation, changed, actor_id, actor_name, address, reason)
        select now(), tg_table_name, id, 'update', changed, nullif(current_setting('arrimage.actor', true), '')::bigint,
            arrimage_acting_name(), coalesce(current_setting('arrimage.address', true), ''),
            coalesce(current_setting('arrimage.reason', true), '')
        from (
            select o.id, (
                select jsonb_object_agg(before.key, jsonb_build_array(before.value, after.value))
                from jsonb_each(to_jsonb(o)) before join jsonb_each(to_jsonb(n)) after using (key)
                where before.value is distinct from after.value and before.key <> all (silent)
            ) as changed
            from old_rows o join new_rows n using (id) where o is distinct from n
        ) differences
        where changed is not null;
    else
        insert into foundation_change
            (happened_at, table_name, record_id, operation, changed, actor_id, actor_name, address, reason)
        select now(), tg_table_name, id, 'delete', (
                select jsonb_object_agg(key, jsonb_build_array(value, null))
                from jsonb_each(to_jsonb(o)) where key <> all (silent)
            ), nullif(current_setting('arrimage.actor', true), '')::bigint,
            arrimage_acting_name(), coalesce(current_setting('arrimage.address', true), ''),
            coalesce(current_setting('arrimage.reason', true), '')
        from old_rows o;
    end if;
    return null;
end $$;
"""


def keep_history_of(table: str, silent: Iterable[str], *, using: str) -> None:
    """Put the triggers of the history on a table (with an `id`); `silent` columns are never kept.

    Those that are there already, with the same silence, are left alone: a migration does not lock what it does not
    change.
    """
    arguments = sql.SQL(", ").join(sql.Literal(name) for name in sorted(silent))
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_trigger where tgrelid = %s::regclass and tgname like %s and tgargs = %s",
            [table, "history\\_%", b"".join(name.encode() + b"\0" for name in sorted(silent))],
        )
        if cursor.fetchone() == (len(_BY_OPERATION),):
            return
        for operation, rows in _BY_OPERATION.items():
            statement = sql.SQL(
                "create or replace trigger {name} after {operation} on {table} {rows} "
                "for each statement execute function arrimage_record_changes({arguments})"
            ).format(
                name=sql.Identifier(f"history_{operation}"),
                operation=sql.SQL(operation),
                table=sql.Identifier(table),
                rows=sql.SQL(rows),
                arguments=arguments,
            )
            cursor.execute(statement.as_string(cursor.connection))


def forget_history_of(table: str, *, using: str) -> None:
    with connections[using].cursor() as cursor:
        for operation in _BY_OPERATION:
            statement = sql.SQL("drop trigger if exists {} on {}").format(
                sql.Identifier(f"history_{operation}"), sql.Identifier(table)
            )
            cursor.execute(statement.as_string(cursor.connection))


def prepare(using: str, **_: Any) -> None:
    """Write the functions of the history and the parts of its table for the years to come."""
    with connections[using].cursor() as cursor:
        cursor.execute(FUNCTIONS)
    ensure_partitions("foundation_change", FIRST_YEAR, clock.now().year + AHEAD, using=using)
