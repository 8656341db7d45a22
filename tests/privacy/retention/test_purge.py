"""Carrying out a destruction: nothing is left of who was to go, everything of the others; once, and it is attested."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, actor_of
from arrimage.casework.models import File
from arrimage.directory.models import ServicePlaces
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.people.models import Household, Person
from arrimage.people.search import forget_words
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.journal.writing import Seen, write_readings
from arrimage.privacy.retention.actions import approve_run, cancel_run, prepare_run
from arrimage.privacy.retention.enums import ItemState, LeftBecause, RunStatus
from arrimage.privacy.retention.models import Certificate, DueRecord, RetentionRun, Statistic, Tally
from arrimage.privacy.retention.persons import held_persons
from arrimage.privacy.retention.purging import execute, rehearse
from arrimage.reception.models import Arrival, Party
from arrimage.scheduling.models import Appointment
from tests import factories as f
from tests.privacy.life import Life, live
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
LONG_AGO = clock.today() - timedelta(days=6 * 366)


def officer() -> Actor:
    return f.actor(Role.PRIVACY_OFFICER, None)


def approved(region: str = "06") -> RetentionRun:
    """Return a run prepared by the privacy officer and approved by the direction."""
    run = prepare_run(officer(), f.region(region))
    return approve_run(f.actor(Role.REGIONAL_DIRECTOR, region), run)


def carry_out(run: RetentionRun) -> Any:
    with as_owner():
        return execute(run, executed_by="compte système « essai »")


def columns_that_hold_texts() -> Iterator[tuple[str, str]]:
    """Yield every column of every table, of the catalogue's own saying, in which somebody could be named."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.oid::regclass::text, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
            join pg_type t on t.oid = a.atttypid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'partitions') and c.relkind in ('r', 'p') and a.attnum > 0
                and not a.attisdropped
                and (t.typcategory in ('S', 'A') or t.typname in ('uuid', 'json', 'jsonb', 'bytea'))
            order by 1, 2
            """
        )
        yield from cursor.fetchall()


def where_it_is_said(*marks: str) -> dict[str, list[str]]:
    """Return, by mark, the columns in which it is found; as the owner, who sees every row."""
    found: dict[str, list[str]] = {mark: [] for mark in marks}
    with as_owner(), connection.cursor() as cursor:
        for table, column in columns_that_hold_texts():
            text = f'"{column}"::text'
            for mark in marks:
                cursor.execute(f"select count(*) from {table} where {text} ilike %s", [f"%{mark}%"])
                if cursor.fetchone()[0]:
                    found[mark].append(f"{table}.{column}")
    return {mark: places for mark, places in found.items() if places}


def marks_of(life: Life) -> list[str]:
    """Return what tells who they are; JSON columns write other scripts as they are (`jsonb`)."""
    person = life.person
    return [
        person.given_name, "Haddad-Témoin", "haddad temoin", person.original_name, person.email, person.phone,
        person.phone[2:], str(person.uid), life.file.number, str(life.file.uid),
    ]  # fmt: skip


@pytest.fixture
def life() -> Life:
    return live(held=False, closed_on=LONG_AGO)


def two_days_later() -> None:
    """Let the words of names that nobody bears any more be forgotten, as the job of two mornings does."""
    forget_words()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update people_nameword set unused_since = unused_since - interval '2 days'")
    forget_words()


def test_nothing_names_the_person_afterwards_and_the_others_stay(life: Life) -> None:
    assert len(where_it_is_said(*marks_of(life)[:1])["Nadia"]) > 10, "the scan sees what is there"
    others_before = where_it_is_said(life.other.email, str(life.other.uid))
    outcome = carry_out(approved())
    assert outcome.destroyed["file"] == 1
    two_days_later()
    # Sealed lines of the read journal keep the file's own key, which leads nowhere any more.
    journaled = {"journal_reading.object_uid"}
    left = {
        mark: {place for place in places if not place.startswith("partitions.")} - journaled
        for mark, places in where_it_is_said(*marks_of(life)).items()
    }
    assert {mark: places for mark, places in left.items() if places} == {}
    assert where_it_is_said(life.other.email, str(life.other.uid)).keys() == others_before.keys()
    assert Person.objects.filter(pk=life.other.pk).exists()
    assert Household.objects.filter(pk=life.household.pk).exists()
    assert list(Appointment.objects.get(pk=life.appointment.pk).persons.values_list("pk", flat=True)) == [life.other.pk]
    assert list(Arrival.objects.filter(party=life.party).values_list("person", flat=True)) == [life.other.pk]
    assert Reading.objects.filter(person_id=life.person.pk).exists(), "the journal is kept, naming nobody"


def test_the_place_the_person_held_goes_to_the_next_and_nothing_says_they_had_it(life: Life) -> None:
    uid, service = life.referral.uid, life.referral.service
    next_one = f.ReferralFactory(service=service, sent=True)
    ServicePlaces.objects.get(service_at_location__service=service).holds.get(holder=next_one.uid, status="waiting")
    carry_out(approved())
    assert where_it_is_said(str(uid)) == {}
    (places,) = ServicePlaces.objects.filter(service_at_location__service=service)
    assert [(hold.holder, hold.status) for hold in places.holds.all()] == [(next_one.uid, "held")]
    assert (places.held, places.free) == (1, 0)


def test_a_place_destroyed_before_the_person_is_not_told_by_the_history(life: Life) -> None:
    ServicePlaces.objects.get(service_at_location__service=life.referral.service).delete()
    uid = str(life.referral.uid)
    assert "foundation_change.changed" in where_it_is_said(uid)[uid]
    carry_out(approved())
    assert where_it_is_said(uid) == {}


def test_the_account_is_nobody_s_and_opens_nothing(life: Life) -> None:
    user = life.account.user
    carry_out(approved())
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password(), user.email) == (
        False,
        False,
        f"supprime-{user.pk}@compte.invalid",
    )
    assert Appointment.objects.get(pk=life.appointment.pk).booked_by == user


def test_the_record_merged_into_theirs_goes_with_them_and_with_what_it_said(life: Life) -> None:
    twin = f.PersonFactory(given_name="Nadiatémoin", merged_into=life.person)
    f.PersonMergeFactory(survivor=life.person, absorbed=twin, before={"absorbed": {"given_name": "Nadiatémoin"}})
    assert where_it_is_said("Nadiatémoin")
    carry_out(approved())
    assert where_it_is_said("Nadiatémoin") == {}
    assert not Person.objects.filter(pk=twin.pk).exists()


def test_a_record_cited_elsewhere_makes_the_person_it_leads_to_wait(life: Life) -> None:
    twin = f.PersonFactory(merged_into=life.person)
    f.PersonRequestFactory(person=twin)
    assert held_persons()["request"].filter(pk=life.person.pk).exists()


def test_the_last_of_a_household_takes_it_along() -> None:
    alone = live(held=False, closed_on=LONG_AGO)
    for member in alone.household.memberships.exclude(person=alone.person):
        with as_owner():
            member.delete()
    Arrival.objects.filter(party=alone.party).exclude(person=alone.person).update(person=None)
    alone.appointment.persons.set([alone.person])
    carry_out(approved())
    assert not Household.objects.filter(pk=alone.household.pk).exists()
    assert not Appointment.objects.filter(pk=alone.appointment.pk).exists()
    assert Party.objects.get(pk=alone.party.pk).household is None, "somebody else's arrival keeps the party"


def test_a_second_execution_does_nothing_and_says_so(life: Life) -> None:
    run = approved()
    first = carry_out(run)
    everything = _count_everything()
    again = carry_out(run)
    assert again.already_done
    assert again.certificate == first.certificate
    assert _count_everything() == everything


def test_the_certificate_says_what_and_by_whom(life: Life) -> None:
    run = approved()
    certificate = carry_out(run).certificate
    assert certificate.prepared_by == run.prepared_by.name
    assert run.approved_by is not None
    assert certificate.approved_by == run.approved_by.name
    assert certificate.executed_by == "compte système « essai »"
    assert certificate.digest == run.digest
    line = next(line for line in certificate.lines if line["kind"] == "file")
    assert (line["listed"], line["destroyed"], line["left"], line["months"]) == (1, 1, 0, 60)
    assert certificate.scrubbed > 0
    assert not DueRecord.objects.filter(run=run).exists()
    assert not Tally.objects.exists()
    run.refresh_from_db()
    assert run.status == RunStatus.EXECUTED
    for change in ("update retention_certificate set destroyed = 0", "delete from retention_certificate"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with pytest.raises(DatabaseError), as_owner(), acting_as(officer()), connection.cursor() as cursor:
        cursor.execute("delete from retention_certificate")


def test_a_record_that_is_no_longer_due_is_left_and_said(life: Life) -> None:
    run = approved()
    File.objects.filter(pk=life.file.pk).update(closed_on=clock.today())
    outcome = carry_out(run)
    assert (outcome.destroyed["file"], outcome.left["file"]) == (0, 1)
    assert outcome.certificate.left == 1
    kept = DueRecord.objects.get(run=run, kind="file")
    assert (kept.state, kept.left_because) == (ItemState.LEFT, LeftBecause.CHANGED)
    assert Person.objects.filter(pk=life.person.pk).exists()


def test_a_person_a_register_cites_waits_and_is_counted(life: Life) -> None:
    waiting = live(closed_on=LONG_AGO, email="autre@temoin.example")
    run = approved()
    figure = next(figure for figure in run.figures if figure["kind"] == "file")
    assert (figure["count"], figure["held"]) == (1, 1)
    carry_out(run)
    assert Person.objects.filter(pk=waiting.person.pk).exists()
    assert not Person.objects.filter(pk=life.person.pk).exists()


def test_one_cited_between_the_list_and_the_execution_waits_too(life: Life) -> None:
    run = approved()
    incident = f.IncidentFactory()
    incident.links.create(person=life.person)
    outcome = carry_out(run)
    assert outcome.left["file"] == 1
    assert DueRecord.objects.get(run=run, kind="file").left_because == LeftBecause.HELD


def test_only_the_region_of_the_run_is_touched(life: Life) -> None:
    elsewhere = f.FileFactory(closed=True, opened_on=LONG_AGO, region=f.region("13"))
    carry_out(approved())
    assert File.objects.filter(pk=elsewhere.pk).exists()


def test_a_person_with_another_file_keeps_all_but_the_one_that_ends() -> None:
    ended = f.FileFactory(closed=True, opened_on=LONG_AGO)
    other = f.FileFactory(person=ended.person)
    carry_out(approved())
    assert list(File.objects.filter(person=ended.person)) == [other]


def test_not_approved_is_refused_and_a_dry_run_changes_nothing(life: Life) -> None:
    run = prepare_run(officer(), f.region())
    with pytest.raises(NotAllowed), as_owner():
        execute(run, executed_by="essai")
    run = approve_run(f.actor(Role.REGIONAL_DIRECTOR), run)
    before = _count_everything()
    with as_owner():
        assert rehearse(run).destroyed["file"] == 1
    assert _count_everything() == before
    cancelled = cancel_run(officer(), run, note="À revoir.")
    with pytest.raises(NotAllowed), as_owner():
        execute(cancelled, executed_by="essai")
    assert not DueRecord.objects.exists()


def test_a_list_altered_after_its_approval_is_refused(life: Life) -> None:
    other = f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = approved()
    with as_owner():
        DueRecord.objects.filter(run=run, record_id=other.pk).update(record_id=f.FileFactory().pk)
    with pytest.raises(Conflict):
        carry_out(run)


def test_the_web_cannot_carry_one_out(life: Life) -> None:
    run = approved()
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(run, executed_by="le web")
    assert Person.objects.filter(pk=life.person.pk).exists()


def test_figures_are_about_nobody_and_the_count_is_whole() -> None:
    for number in range(7):
        file = f.FileFactory(closed=True, opened_on=date(2019, 3, 4), person__gender="woman" if number else "man")
        f.PersonStatusFactory(person=file.person, category="skilled_worker" if number else "student")
    carry_out(approved())
    cells = {(each.year, each.dimension, each.value): each.count for each in Statistic.objects.filter(kind="file")}
    assert cells[2019, "status", "closed"] == 7
    assert cells[2019, "gender", "other"] == 7, "one man would be known by subtraction"
    assert min(cells.values()) >= 5


def test_an_interrupted_run_is_taken_up_again(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    more = [f.FileFactory(closed=True, opened_on=LONG_AGO) for _ in range(3)]
    run = approved()
    monkeypatch.setattr("arrimage.privacy.retention.purging.BATCH", 2)
    destroyed = []
    kinds_destroy = "arrimage.casework.retention.destroy"
    from arrimage.casework import retention

    real = retention.destroy

    def fails_the_second_time(rows: Any) -> Any:
        destroyed.append(rows)
        if len(destroyed) == 2:
            raise KeyboardInterrupt
        return real(rows)

    monkeypatch.setattr(kinds_destroy, fails_the_second_time)
    with pytest.raises(KeyboardInterrupt):
        carry_out(run)
    run.refresh_from_db()
    assert run.status == RunStatus.EXECUTING
    assert File.objects.filter(pk__in=[file.pk for file in more]).count() in (1, 2)
    monkeypatch.setattr(kinds_destroy, real)
    outcome = carry_out(run)
    assert outcome.certificate.destroyed == run.total
    assert not File.objects.filter(pk__in=[file.pk for file in more]).exists()


def _count_everything() -> dict[str, int]:
    with as_owner():
        return {
            model._meta.db_table: model._base_manager.count()
            for model in apps.get_models(include_auto_created=True)
            if not model._meta.proxy
        }


def test_accounts_of_those_who_left_lose_their_address_and_keep_their_name() -> None:
    gone = f.RoleGrantFactory(starts_on=LONG_AGO, ends_on=LONG_AGO + timedelta(days=30)).user
    User.objects.filter(pk=gone.pk).update(created_at=clock.at(LONG_AGO, 9))
    run = prepare_run(officer(), None)
    assert run.total == 1
    other = officer()
    carry_out(approve_run(other, run))
    user = User.objects.get(pk=gone.pk)
    assert (user.name, user.is_active) == (gone.name, False)
    assert user.email.endswith("@compte.invalid")
    assert Certificate.objects.get(run=run).region is None


def test_who_read_their_own_record_is_purged_all_the_same(life: Life) -> None:
    own = actor_of(life.account)
    with acting_as(own):
        write_readings(own, [Seen(What.OPENED, ObjectKind.PERSON, Basis.OWN_RECORD, life.person.pk)])
    assert carry_out(approved()).destroyed["file"] == 1
    two_days_later()
    assert not where_it_is_said(life.person.given_name, str(life.person.uid))
