"""Generated data: accepted by every constraint, the same for the same seed, and never beside somebody's records."""

import itertools
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from arrimage.accounts.enums import Right
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import system_actor
from arrimage.bench.data.accompaniment import _PATHS, _STATES
from arrimage.bench.data.names import family_name, given_name, invented, spellings
from arrimage.bench.data.names.corrupted import KINDS, Sought, mistyped
from arrimage.bench.data.register import DatabaseHoldsData, Register
from arrimage.bench.sizes import TODAY
from arrimage.casework.actions import open_files
from arrimage.casework.actions.files import NewFile
from arrimage.casework.enums import REFERRAL_TRANSITIONS, ReferralStatus
from arrimage.casework.models import File, FileSerial, Need, Referral, ReferralEvent
from arrimage.casework.rules import is_file_number
from arrimage.foundation.models import new_uid
from arrimage.people.models import Person
from arrimage.scheduling.models import Appointment
from tests.bench.conftest import PERSONS
from tests.factories import PersonFactory, UserFactory
from tests.roles import as_owner


def test_every_row_is_accepted_and_every_relation_leads_somewhere(register):
    connection.check_constraints()
    assert PERSONS * 0.8 < register.persons < PERSONS * 1.2
    assert Person.objects.count() == register.persons == File.objects.count()
    for table, count in register.rows().items():
        assert count, f"{table} is empty"
    assert all(is_file_number(number) for number in File.objects.values_list("number", flat=True))


def test_records_of_a_file_are_of_its_region(register):
    for model in (Need, Referral):
        assert set(model.objects.values_list("region", "file__region")) <= {(pk, pk) for pk in region_keys()}


def region_keys() -> list[int]:
    return list(File.objects.values_list("region", flat=True).distinct())


def test_the_same_seed_gives_the_same_people(db):
    assert people_made(60) == people_made(60)
    assert people_made(60) != people_made(61)


def people_made(count: int) -> list[tuple]:
    with transaction.atomic():
        with as_owner():
            Register(count).fill(count)
        found = list(Person.objects.order_by("pk").values_list("uid", "search_key"))
        transaction.set_rollback(True)
    return found


def test_identifiers_rise_as_those_of_the_application(register):
    uids = list(Person.objects.order_by("pk").values_list("uid", flat=True))
    assert {uid.version for uid in uids} == {7}
    assert [uid.int >> 80 for uid in uids] == sorted(uid.int >> 80 for uid in uids)


def test_the_next_file_takes_the_next_number(register):
    serial = FileSerial.objects.filter(region__code="06").order_by("year").last()
    grant = RoleGrant.objects.filter(role="integration_agent", region__code="06").first()
    reception = system_actor("test", Right.RECEIVE_ARRIVALS)
    day = File.objects.filter(region__code="06", opened_on__year=serial.year)[0].opened_on
    [file] = open_files(reception, [NewFile(PersonFactory(), grant.service_point, opened_on=day)])
    assert int(file.number.split("-")[2]) == serial.last + 1


def test_every_state_of_a_referral_is_reached_by_the_table_of_transitions():
    generated = {status for states, _weights in _STATES.values() for status in states}
    assert generated == set(ReferralStatus)
    for status, path in _PATHS.items():
        for before, after in itertools.pairwise([ReferralStatus.DRAFT, *path]):
            assert REFERRAL_TRANSITIONS.allow(before, after), (status, before, after)


def test_the_last_event_of_a_referral_is_its_state(register):
    for referral in Referral.objects.exclude(status=ReferralStatus.DRAFT):
        assert ReferralEvent.objects.filter(referral=referral).last().to_status == referral.status


def test_nobody_is_in_two_places_at_once(register):
    hours = list(Appointment.objects.values_list("agent", "starts_at"))
    assert len(hours) == len(set(hours))


@pytest.mark.parametrize("factory", [PersonFactory, UserFactory])
def test_a_database_that_holds_data_is_refused(db, factory):
    factory()
    with pytest.raises(DatabaseHoldsData, match="base vide"):
        Register(10)


def test_words_are_all_different():
    words = [invented.word(rank) for rank in range(invented.FAMILY_WORDS + invented.GIVEN_WORDS)]
    assert len(set(words)) == len(words)


def test_one_slip_of_the_finger():
    random = Random(1)
    for _ in range(200):
        text = f"{invented.given_name(random)} {invented.family_name(random)}"
        typed = mistyped(random, text)
        assert typed is not None
        assert abs(len(typed) - len(text)) <= 1
        assert sum(left != right for left, right in zip(text.split(), typed.split(), strict=True)) <= 1


def test_a_name_too_short_for_a_slip_is_left_alone():
    assert mistyped(Random(1), "Wu Li") is None


LANGUAGES = ("fr", "ar", "es", "uk", "ht", "zh")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_corruption_changes_some_names_and_nothing_else(kind):
    random = Random(2)
    changed = 0
    for _ in range(120):
        language = random.choice(LANGUAGES)
        family, given = family_name(random, language), given_name(random, language)
        who = Sought(new_uid(), "", given.latin, family.latin, language, TODAY)
        text = KINDS[kind](random, who)
        assert text is None or text.strip()
        changed += text not in (None, who.name)
    assert changed


@pytest.mark.parametrize("script", ["ar", "uk", "zh"])
def test_a_name_of_a_script_has_several_spellings(script):
    names = spellings.by_spelling(script)
    assert all(not name.original.isascii() for name in names.values())
    assert sum(len(name.latin) > 1 for name in names.values()) > len(names) / 2


def test_the_generator_shares_no_code_with_the_search():
    folder = Path(spellings.__file__).parent
    read = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert "arrimage.people" not in read
    assert "unidecode" not in read
