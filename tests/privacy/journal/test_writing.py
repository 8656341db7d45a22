"""The journal grows and never changes, whoever tries."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.casework.models import File
from arrimage.casework.reach import basis_in_sql
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.journal.partitions import missing_parts
from arrimage.privacy.journal.writing import Seen, write_readings, write_readings_of
from tests import factories as f
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
CHANGES = [
    "update journal_reading set name = 'autre'",
    "update journal_reading set name = 'autre' where false",
    "delete from journal_reading",
    "truncate journal_reading",
    "delete from partitions.journal_reading_other",
    "truncate partitions.journal_reading_other",
]


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


@pytest.fixture
def all_triggers():
    """Put back the trigger that the tests take away to empty the tables."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text from pg_trigger where tgname = 'never_emptied' and not tgisinternal"
        )
        tables = [table for (table,) in cursor.fetchall()]
        assert len(tables) > 3
        cursor.execute("set constraints all immediate")
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger never_emptied")


@pytest.mark.parametrize("statement", CHANGES)
def test_nobody_alters_it(all_triggers, statement: str) -> None:
    f.ReadingFactory()
    assert "denied" in refused(statement)
    with as_owner():
        assert "never altered" in refused(statement)


def test_seals_are_not_altered_either(all_triggers) -> None:
    for statement in ("update journal_seal set digest = ''", "delete from journal_seal", "truncate journal_seal"):
        assert "denied" in refused(statement)
    with as_owner():
        assert "never altered" in refused("truncate journal_seal")


def test_the_web_reaches_the_parts_by_no_other_way() -> None:
    assert "denied" in refused("select * from partitions.journal_reading_other")
    assert "denied" in refused("insert into partitions.journal_reading_other default values")


def test_this_year_and_the_next_have_their_part() -> None:
    assert missing_parts() == []


def test_several_persons_take_one_statement(django_assert_num_queries) -> None:
    actor, files = f.actor(Role.INTEGRATION_AGENT), f.FileFactory.create_batch(3)
    seen = [
        Seen(What.OPENED, ObjectKind.PARTY, Basis.RECEPTION, file.person_id, file.region_id, uuid4()) for file in files
    ]
    with acting_as(actor), django_assert_num_queries(1):
        write_readings(actor, seen, address="192.0.2.7")
    rows = Reading.objects.filter(user_id=actor.user_id)
    assert {row.person_id for row in rows} == {file.person_id for file in files}
    assert {(row.name, row.role, row.address, row.region_id) for row in rows} == {
        (actor.name, "integration_agent", "192.0.2.7", actor.region_id)
    }


def test_an_export_of_many_is_one_statement_and_one_line_a_person(django_assert_num_queries) -> None:
    actor = f.actor(Role.INTEGRATION_AGENT)
    files = f.FileFactory.create_batch(4)
    twice = f.FileFactory(person=files[0].person, closed=True)
    rows = File.objects.annotate(_basis=basis_in_sql(actor)).values_list("person_id", "region_id", "_basis")
    rows = rows.filter(pk__in=[file.pk for file in (*files, twice)])
    with acting_as(actor), django_assert_num_queries(1):
        write_readings_of(actor, rows, What.EXPORTED, ObjectKind.FILE)
    written = Reading.objects.filter(user_id=actor.user_id)
    assert sorted(row.person_id for row in written) == sorted(file.person_id for file in files)
    assert {(row.what, row.basis) for row in written} == {("exported", "my_region")}


def test_nobody_writes_in_another_s_name() -> None:
    actor, other = f.actor(Role.INTEGRATION_AGENT), f.actor(Role.INTEGRATION_AGENT)
    seen = [Seen(What.OPENED, ObjectKind.FILE, Basis.MY_FILE)]
    with acting_as(actor), pytest.raises(DatabaseError), transaction.atomic():
        write_readings(other, seen)


def test_each_reads_of_it_what_they_may() -> None:
    reading = f.ReadingFactory()
    mine = f.actor_of(f.RoleGrantFactory(user=reading.user))
    newcomer = f.actor_of(f.PersonAccountFactory(person=reading.person))
    may = {
        "mine": mine,
        "newcomer": newcomer,
        "officer": f.actor(Role.PRIVACY_OFFICER, None),
    }
    may_not = {
        "colleague": f.actor(Role.INTEGRATION_AGENT),
        "lead": f.actor(Role.TEAM_LEAD),
        "director": f.actor(Role.REGIONAL_DIRECTOR),
        "administrator": f.actor(Role.ADMINISTRATOR, None),
        "neighbour": f.actor_of(f.PersonAccountFactory()),
    }
    for name, actor in may.items():
        with acting_as(actor):
            assert Reading.objects.filter(pk=reading.pk).exists(), name
    for name, actor in may_not.items():
        with acting_as(actor):
            assert not Reading.objects.filter(pk=reading.pk).exists(), name
