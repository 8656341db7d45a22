"""Which rows the web's role may read and write, said once a table, written into PostgreSQL after each migration.

Every table is one of three: *guarded* by policies (it holds personal information), *open* (it holds none, and says
why), or *closed* to the web's role. A room says it of its own tables, in its `guarded.py`; several rooms may add
policies to one table, each for the people it brings there. A table nobody speaks of fails a test.

Policies compare with what the transaction said of itself (`accounts.context`); nothing said, no row. They are a second
wall against our own mistakes, beside `queries`; see `SECURITY.md` for what they are not.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils.module_loading import module_has_submodule
from psycopg import sql

from arrimage.foundation import history

Command = Literal["all", "select", "insert", "update", "delete"]
EVERY_COMMAND: frozenset[Command] = frozenset(("select", "insert", "update", "delete"))


def setting(name: str, cast: str = "text") -> str:
    """Return what the transaction said of itself under that name, as SQL: a text (or another type), or null.

    As a sub-select it is read once a statement. Bare, it would be read again for each row a policy looks at, which
    cost a list more than the list itself (`docs/decisions/0020-policies-read-the-context-once.md`).
    """
    return f"(select nullif(current_setting('arrimage.{name}', true), '')::{cast})"


# What policies compare with.
ROLE = setting("role")
ACTOR, REGION, POINT, SCOPE, USER = (setting(name, "bigint") for name in ("actor", "region", "point", "scope", "user"))
TODAY = setting("today", "date")  # of the installation: neither the server's zone nor its clock

FUNCTIONS = """
create or replace function arrimage_sees(a_table text, a_record bigint) returns boolean language plpgsql stable as $$
declare
    seen boolean;
begin
    execute format('select exists (select from %I where id = $1)', a_table) into seen using a_record;
    return seen;
end $$;
"""


@dataclass(frozen=True)
class Policy:
    """Rows that somebody reaches: `name` says who; `using` which rows they read, `check` which they may write."""

    name: str
    using: str
    command: Command = "all"
    check: str | None = None

    def statement(self, table: str) -> sql.Composed:
        parts: list[sql.Composable] = [
            sql.SQL("create policy {} on {} for {} to {}").format(
                sql.Identifier(self.name),
                sql.Identifier(table),
                sql.SQL(self.command),
                sql.Identifier(settings.WEB_ROLE),
            )
        ]
        if self.command != "insert":
            parts.append(sql.SQL(f"using ({self.using})"))
        if self.command in ("insert", "update", "all"):
            parts.append(sql.SQL(f"with check ({self.check or self.using})"))
        return sql.SQL(" ").join(parts)


# Imports, jobs and what follows from somebody's action (`accounts.context.elevated`) reach every row.
# PostgreSQL tries a table's conditions from the last of the policies' names to the first: this one, the cheapest, comes
# first by being last. Tried after the others, the bilan takes three times as long.
SYSTEM = Policy("zz_all_for_the_system", f"{ROLE} = 'system'")


@dataclass
class Guarded:
    """A table under policies.

    `silent` columns never enter the history; `no_history` says why a table keeps none. `only` are the commands the
    web's role may give at all.
    """

    policies: list[Policy] = field(default_factory=lambda: [SYSTEM])
    silent: set[str] = field(default_factory=set)
    no_history: str = ""
    only: frozenset[str] = EVERY_COMMAND


@dataclass(frozen=True)
class Open:
    """A table with nobody's personal information; its changes are kept like the others', unless it is said not.

    `only` are the commands the web's role may give at all; it never updates the columns `counted` by the database.
    """

    why: str
    history: bool = True
    only: frozenset[str] = EVERY_COMMAND
    counted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Closed:
    """A table the web's role neither reads nor writes; functions of the owner do, for it."""

    why: str


Said = Guarded | Open | Closed
_said: dict[str, Said] = {}
_functions: dict[str, str] = {}


@cache
def tables() -> dict[str, Said]:
    """Return what the rooms say of their tables, by name: each installed app's `guarded.declare()`, in order."""
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "guarded"):
            import_module(f"{app.name}.guarded").declare()
    return _said


def guard(
    table: str,
    *policies: Policy,
    silent: Iterable[str] = (),
    no_history: str = "",
    only: Iterable[Command] | None = None,
    system: bool = True,
) -> None:
    """Put `table` under policies, beside those other rooms gave it; `system=False` keeps the system out too."""
    known = _said.setdefault(table, Guarded())
    if not isinstance(known, Guarded):
        raise ValueError(f"{table} is already said to be {known}")
    known.policies += policies
    if not system:
        known.policies.remove(SYSTEM)
    known.silent |= set(silent)
    known.no_history = no_history or known.no_history
    if only is not None:
        known.only = frozenset(only)


def leave_open(
    why: str,
    *tables: str,
    history: bool = True,
    only: Iterable[Command] = EVERY_COMMAND,
    counted: Iterable[str] = (),
) -> None:
    """Say that `tables` hold nobody's personal information, and why; what of them the database alone writes."""
    for table in tables:
        if table in _said:
            raise ValueError(f"{table} is already classified")
        _said[table] = Open(why, history, frozenset(only), frozenset(counted))


def close(why: str, *tables: str) -> None:
    """Say that the web's role has no right at all on `tables`."""
    for table in tables:
        if table in _said:
            raise ValueError(f"{table} is already classified")
        _said[table] = Closed(why)


def sees(table: str, column: str, value: str, *, only: str = "", name: str = "") -> str:
    """Return the condition that the actor sees a row of `table` whose `column` is `value`; `only` narrows the rows.

    A function of the database says it, under the policies of `table`: written out in each policy, they would be planned
    again in each statement that touches what hangs on it (20 ms of planning for one update, measured). For rows seen a
    few at a time; where a statement may pass over many, see `among`. `name` tells apart two functions on one column.
    """
    called = "_".join(["sees", table, *([] if column == "id" else ["by", column]), *([name] if name else [])])
    condition = f"{column} = the_key" + (f" and {only}" if only else "")
    add_function(
        called,
        f"create or replace function {called}(the_key bigint) returns boolean language plpgsql stable cost 500 "
        f"as $$ begin return exists (select from public.{table} where {condition}); end $$",
    )
    return f"{called}({value})"


def among(value: str, table: str, column: str, where: str) -> str:
    """Return the condition that `value` is a `column` of those rows of `table`: looked up once a statement, kept, and
    compared with each row. For few rows (somebody's own)."""
    return f"{value} in (select {column} from {table} where {where})"


def add_function(name: str, text: str) -> None:
    """Have a function of the database written before the policies that call it."""
    if _functions.setdefault(name, text) != text:
        raise ValueError(f"two functions are called {name}: give one of them another name")


def role_in(*roles: str) -> str:
    """Return the condition that the actor acts in one of these roles."""
    return f"{ROLE} in ({', '.join(repr(str(role)) for role in sorted(roles))})"


# --- Writing them down, as the owner --------------------------------------------------------------------------------
def apply(using: str, **_: Any) -> None:
    """Make the database hold exactly these policies; what is the same already is left alone."""
    with connections[using].cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
        existing = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "select c.relname, p.polname, obj_description(p.oid, 'pg_policy') from pg_policy p "
            "join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace"
        )
        written: dict[str, dict[str, str | None]] = {}
        for table, name, mark in cursor.fetchall():
            written.setdefault(table, {})[name] = mark
    said = tables()
    with connections[using].cursor() as cursor:
        for text in _functions.values():
            cursor.execute(text)
    for table in sorted(existing & said.keys()):
        _apply_to(table, said[table], written.get(table, {}), using)


def _apply_to(table: str, said: Said, written: dict[str, str | None], using: str) -> None:
    policies = said.policies if isinstance(said, Guarded) else []
    with connections[using].cursor() as cursor:

        def run(text: str, *identifiers: str) -> None:
            statement = sql.SQL(text).format(*map(sql.Identifier, identifiers))
            cursor.execute(statement.as_string(cursor.connection))

        cursor.execute("select relrowsecurity from pg_class where oid = %s::regclass", [table])
        if cursor.fetchone() != (isinstance(said, Guarded),):
            run(f"alter table {{}} {'enable' if isinstance(said, Guarded) else 'disable'} row level security", table)
        if isinstance(said, Closed):
            run("revoke all on {} from {}", table, settings.WEB_ROLE)
        if not isinstance(said, Closed):
            for command in sorted(EVERY_COMMAND - said.only):
                run(f"revoke {command} on {{}} from {{}}", table, settings.WEB_ROLE)
        if isinstance(said, Open) and said.counted:
            run("revoke update on {} from {}", table, settings.WEB_ROLE)
            others = [name for name in _columns(cursor, table) if name not in said.counted]
            run(f"grant update ({', '.join(['{}'] * len(others))}) on {{}} to {{}}", *others, table, settings.WEB_ROLE)
        wanted = {policy.name: policy.statement(table).as_string(cursor.connection) for policy in policies}
        marks = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in wanted.items()}
        for name in written.keys() - wanted.keys():
            run("drop policy {} on {}", name, table)
        for name, text in wanted.items():
            if written.get(name) == marks[name]:
                continue
            if name in written:
                run("drop policy {} on {}", name, table)
            cursor.execute(text)
            mark = sql.SQL("comment on policy {} on {} is {}").format(
                sql.Identifier(name), sql.Identifier(table), sql.Literal(marks[name])
            )
            cursor.execute(mark.as_string(cursor.connection))
    if isinstance(said, Guarded) and not said.no_history:
        history.keep_history_of(table, said.silent, using=using)
    elif isinstance(said, Open) and said.history:
        history.keep_history_of(table, (), using=using)
    else:
        history.forget_history_of(table, using=using)


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped", [table]
    )
    return [name for (name,) in cursor.fetchall()]
