"""What the database refuses by itself, whatever the code above it forgot."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from arrimage.casework.enums import ReferralStatus
from arrimage.casework.models import Referral, ReferralEvent
from arrimage.foundation.database import set_context
from arrimage.foundation.models import Record
from tests import factories as make

pytestmark = pytest.mark.django_db

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


def refused(statement: str) -> str:
    """Run a statement as the web's role and return what the database answers."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_record_counts_its_versions(model) -> None:
    assert "count_versions" in {trigger.name for trigger in model._meta.triggers}


def test_a_version_rises_with_a_change_and_only_then() -> None:
    employer = make.EmployerFactory(name="Avant")
    type(employer).objects.filter(pk=employer.pk).update(name="Après")
    employer.refresh_from_db()
    assert employer.version == 2
    type(employer).objects.filter(pk=employer.pk).update(name="Après")
    employer.refresh_from_db()
    assert employer.version == 2


def test_the_web_s_role_owns_nothing_and_makes_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_class where pg_get_userbyid(relowner) = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute("select rolsuper or rolbypassrls or rolcreatedb from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)
    assert "permission denied" in refused("create table stolen (id int)")
    assert "permission denied" in refused("truncate people_person cascade")
    assert "permission denied" in refused("delete from django_migrations")
    assert "must be owner" in refused("alter table people_person disable trigger all")


def test_a_state_cannot_be_jumped_over() -> None:
    referral = make.ReferralFactory(sent=True)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(status=ReferralStatus.STARTED)


def test_what_happened_is_neither_rewritten_nor_erased() -> None:
    referral = make.ReferralFactory(sent=True)
    event = ReferralEvent.objects.create(referral=referral, to_status="sent", actor_name="Quelqu’un")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralEvent.objects.filter(pk=event.pk).update(actor_name="Personne")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralEvent.objects.filter(pk=event.pk).delete()


def test_the_context_is_said_to_the_database_until_the_transaction_ends() -> None:
    with transaction.atomic():
        set_context(actor=7, region=None)
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('arrimage.actor'), current_setting('arrimage.region')")
            assert cursor.fetchone() == ("7", "")
