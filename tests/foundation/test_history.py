"""The history that triggers write: nothing escapes it, nobody forges it, and it is read by whoever sees the record."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.casework.models import File
from arrimage.directory.models import Organisation
from arrimage.employers.models import Employer
from arrimage.foundation import clock
from arrimage.foundation.changes import relink
from arrimage.foundation.history import Change, Operation, changes_of
from arrimage.foundation.writes import update_rows
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to
from tests import factories as make
from tests import roles
from tests.permissions.world import World, build
from tests.row_security.test_same_as_queries import actors

pytestmark = pytest.mark.django_db
FROM, WHY = "192.0.2.7", "Erreur de saisie"


@pytest.fixture
def advisor():
    return make.actor(Role.REGIONAL_ADVISOR)


@pytest.fixture
def organisation() -> Organisation:
    return make.OrganisationFactory(phone="5145550101")


@pytest.fixture
def told(advisor) -> Iterator[None]:
    """Act as an advisor, from somewhere, for a reason."""
    with acting_as(advisor, address=FROM, reason=WHY):
        yield


def last(record: Any) -> Change:
    change = changes_of(record).order_by("-pk").first()
    assert change is not None
    return change


def assert_signed(change: Change, advisor: Any) -> None:
    assert (change.actor_id, change.actor_name, change.address, change.reason) == (
        advisor.user_id,
        advisor.name,
        FROM,
        WHY,
    )
    assert change.happened_at <= clock.now()


# --- Every form of writing ------------------------------------------------------------------------------------------
def test_an_addition_leaves_a_line_without_the_values(advisor, told) -> None:
    made = Organisation.objects.create(region=make.region(), name="Nouvelle")
    [change] = changes_of(made)
    assert (change.operation, change.changed) == (Operation.INSERT, None)
    assert_signed(change, advisor)


def test_additions_in_bulk_leave_a_line_each(advisor, told) -> None:
    made = Organisation.objects.bulk_create(
        Organisation(region=make.region(), name=f"En lot {number}") for number in range(3)
    )
    for one in made:
        assert last(one).operation == Operation.INSERT
        assert_signed(last(one), advisor)


def test_a_save_leaves_what_differs_before_and_after(advisor, told, organisation) -> None:
    organisation.phone, organisation.email = "4385550102", "autre@demo.example"
    before = Organisation.objects.get(pk=organisation.pk).email
    organisation.save()
    change = last(organisation)
    assert change.operation == Operation.UPDATE
    assert change.changed == {"phone": ["5145550101", "4385550102"], "email": [before, "autre@demo.example"]}
    assert_signed(change, advisor)


def test_queryset_updates_and_rows_at_once_leave_a_line_a_row(advisor, told) -> None:
    made = make.OrganisationFactory.create_batch(3, phone="1")
    Organisation.objects.filter(pk__in=[one.pk for one in made]).update(phone="2")
    for one in made:
        assert last(one).changed == {"phone": ["1", "2"]}
        assert_signed(last(one), advisor)
        one.phone = "3"
    update_rows(Organisation, made, ["phone"])
    for one in made:
        assert last(one).changed == {"phone": ["2", "3"]}


def test_a_removal_leaves_what_the_row_held(advisor, organisation) -> None:
    made = make.ServiceFactory(organisation=organisation, themes=[make.theme("french")])
    through = type(made).themes.through
    [link] = through.objects.filter(service=made)
    with acting_as(advisor, address=FROM, reason=WHY):
        relink(through, "service", "theme", {made.pk: [make.theme("housing").pk]})
    with roles.as_owner():
        change = Change.objects.get(table_name=through._meta.db_table, record_id=link.pk, operation=Operation.DELETE)
    assert change.changed["service_id"] == [made.pk, None]
    assert change.changed["theme_id"] == [make.theme("french").pk, None]
    assert_signed(change, advisor)


def test_raw_sql_leaves_its_line_too(advisor, told, organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update directory_organisation set name = 'Autre' where id = %s", [organisation.pk])
    assert last(organisation).changed["name"][1] == "Autre"
    assert_signed(last(organisation), advisor)


def test_what_follows_from_an_action_is_in_its_author_s_name(advisor, organisation) -> None:
    with acting_as(advisor, address=FROM, reason=WHY), elevated():
        Organisation.objects.filter(pk=organisation.pk).update(name="Autre")
    assert_signed(last(organisation), advisor)


# --- What it never holds --------------------------------------------------------------------------------------------
def test_versions_and_dates_of_change_are_not_changes(organisation) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(name="Autre")
    assert last(organisation).changed.keys() == {"name"}


def test_silent_columns_are_never_kept() -> None:
    user = make.UserFactory()
    count = changes_of(user).count()
    user.set_password("autre-mot-de-passe")
    user.last_login = clock.now()
    user.save()
    assert changes_of(user).count() == count
    user.name = "Autre nom"
    user.set_password("encore-un-autre")
    user.save()
    assert last(user).changed.keys() == {"name"}
    with roles.as_owner():
        lines = Change.objects.filter(table_name=User._meta.db_table)
        assert not lines.filter(changed__has_any_keys=["password", "last_login"]).exists()


def test_a_write_that_changes_nothing_leaves_nothing(organisation) -> None:
    count = changes_of(organisation).count()
    organisation.save()
    Organisation.objects.filter(pk=organisation.pk).update(name=organisation.name)
    assert changes_of(organisation).count() == count


# --- In nobody's name -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("as_owner", [False, True], ids=["web", "owner"])
def test_a_change_in_nobody_s_name_is_refused(organisation, as_owner: bool) -> None:
    roles.act_as_nobody()
    statements = [
        lambda: Organisation.objects.filter(pk=organisation.pk).update(name="Sans nom"),
        lambda: Organisation.objects.create(region=make.region(), name="Sans nom"),
        lambda: Organisation.objects.bulk_create([Organisation(region=make.region(), name="Sans nom")]),
        lambda: Organisation.objects.filter(pk=organisation.pk)._raw_delete(using="default"),
    ]
    with roles.as_owner() if as_owner else nullcontext():
        for write in statements:
            with pytest.raises(DatabaseError, match="nobody's name"), transaction.atomic():
                write()
    roles.act_as_tests()
    assert not Organisation.objects.filter(name="Sans nom").exists()
    assert Organisation.objects.filter(pk=organisation.pk, name=organisation.name).exists()
    assert changes_of(organisation).count() == 1


# --- Who touches it -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "statement",
    [
        "insert into foundation_change (happened_at, table_name, record_id, operation, actor_name, address, reason) "
        "values (now(), 'people_person', 1, 'update', 'Faux', '', '')",
        "update foundation_change set actor_name = 'Faux'",
        "delete from foundation_change",
        "truncate foundation_change",
    ],
)
def test_the_web_s_role_only_reads_it(organisation, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert changes_of(organisation).exists()


# --- Who reads it ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        roles.become_web_role(for_transaction=True)
        roles.act_as_tests()
        yield build()
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", [File, Person, Employer, Organisation], ids=lambda model: model.__name__)
def test_whoever_sees_a_record_reads_its_history_and_nobody_else(model, world: World) -> None:
    shown = hidden = 0
    for key, actor in actors(world).items():
        with acting_as(actor):
            seen = set(model.objects.values_list("pk", flat=True))
            read = set(Change.objects.filter(table_name=model._meta.db_table).values_list("record_id", flat=True))
        assert read == seen, key
        shown, hidden = shown + bool(seen), hidden + (not seen)
    assert shown
    assert hidden or model is Organisation, "everybody sees some: this says nothing"


def test_a_person_of_another_region_has_no_history_here(world: World) -> None:
    lead = actors(world)["team_lead@elsewhere"]
    with acting_as(lead):
        assert not persons_visible_to(lead).filter(pk=world.person.pk).exists()
        assert not changes_of(world.person).exists()
    with acting_as(actors(world)["team_lead"]):
        assert changes_of(world.person).exists()


def test_nobody_reads_none(organisation) -> None:
    roles.act_as_nobody()
    assert not Change.objects.exists()
    roles.act_as_tests()


# --- What it costs --------------------------------------------------------------------------------------------------
def test_five_hundred_rows_changed_are_one_statement() -> None:
    region = make.region()
    made = Organisation.objects.bulk_create(Organisation(region=region, name=f"Cinq cents {n}") for n in range(500))
    for one in made:
        one.phone = "5145550101"
    with CaptureQueriesContext(connection) as captured:
        update_rows(Organisation, made, ["phone"])
    assert len(captured) == 1
    keys = [one.pk for one in made]
    changes = Change.objects.filter(table_name="directory_organisation", record_id__in=keys, operation="update")
    assert changes.count() == 500
    with CaptureQueriesContext(connection) as captured:
        list(changes_of(made[0]))
    assert len(captured) == 1


def test_the_history_of_a_record_is_found_by_its_index(organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "explain select * from foundation_change where table_name = %s and record_id = %s",
            ["directory_organisation", organisation.pk],
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan
    assert "Index Cond" in plan
