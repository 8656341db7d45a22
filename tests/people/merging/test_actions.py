"""Two records made one: what follows, what cannot be held twice, what stands in the way."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.casework.enums import FileStatus
from arrimage.casework.queries import appointments_open_to
from arrimage.casework.story import FileStory
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from arrimage.people.merging.queries import what_will_move
from arrimage.people.merging.rules import ABSORBED
from arrimage.people.models import Person, PersonMerge
from arrimage.people.queries import persons_visible_to
from arrimage.people.search import Sought, find_persons, words_of
from arrimage.privacy.consents.models import Consent
from arrimage.scheduling.models import BusyTime
from arrimage.scheduling.queries import appointments_visible_to
from tests import factories as f
from tests.people.merging.merged import merge

pytestmark = pytest.mark.django_db


def test_the_chosen_fields_and_the_files_follow_and_the_other_leads_there(lead, pair) -> None:
    kept, gone = pair
    gone.phone = "514 555-0101"
    gone.save()
    gone.refresh_from_db()
    file = f.FileFactory(person=gone)
    done = merge(lead, kept, gone, {"phone": ABSORBED})
    kept.refresh_from_db()
    gone.refresh_from_db()
    file.refresh_from_db()
    assert kept.phone == "514 555-0101"
    assert file.person == kept
    assert gone.merged_into == kept
    assert gone.given_name == "Mohamad"
    assert done.chosen == {"phone": ABSORBED}
    assert "merged_into_id" in changes_of(gone)[0].changed


def test_the_other_is_listed_nowhere_and_its_name_still_finds_the_person(lead, pair) -> None:
    kept, gone = pair
    merge(lead, kept, gone)
    assert list(persons_visible_to(lead).values_list("pk", flat=True)) == [kept.pk]
    assert [match.person_id for match in find_persons(Sought(words=words_of("Mohamad Alaoui")), 10)] == [kept.pk]


def test_what_cannot_be_held_twice_does_not_follow(lead, pair) -> None:
    kept, gone = pair
    for person in pair:
        f.PersonLanguageFactory(person=person, language="ar")
        f.FamilyLinkFactory(person=person, other=f.PersonFactory())
    f.PersonLanguageFactory(person=gone, language="es")
    f.FamilyLinkFactory(person=gone, other=kept)
    f.identifier(gone)
    merge(lead, kept, gone)
    assert sorted(kept.languages.values_list("language", flat=True)) == ["ar", "es"]
    assert gone.languages.count() == 1
    assert kept.links.count() == 2
    assert not gone.links.exists()
    assert kept.identifiers.count() == 1


def test_of_two_households_on_the_same_days_the_one_kept_goes_on(lead, pair) -> None:
    kept, gone = pair
    f.MemberFactory(household=f.HouseholdFactory(), person=kept, starts_on=date(2025, 6, 1))
    f.MemberFactory(household=f.HouseholdFactory(), person=gone, starts_on=date(2025, 1, 1))
    merge(lead, kept, gone)
    periods = list(kept.memberships.order_by("starts_on").values_list("starts_on", "ends_on"))
    assert periods == [(date(2025, 1, 1), date(2025, 6, 1)), (date(2025, 6, 1), None)]


def test_a_household_entered_after_the_one_kept_goes(lead, pair) -> None:
    kept, gone = pair
    f.MemberFactory(household=f.HouseholdFactory(), person=kept, starts_on=date(2025, 1, 1))
    f.MemberFactory(household=f.HouseholdFactory(), person=gone, starts_on=date(2025, 6, 1))
    merge(lead, kept, gone)
    assert kept.memberships.count() == 1
    assert not gone.memberships.exists()


def test_the_same_status_over_the_same_days_ends_the_day_before(lead, pair) -> None:
    kept, gone = pair
    for person, day in ((kept, date(2025, 6, 1)), (gone, date(2025, 1, 1))):
        f.PersonStatusFactory(person=person, category="permanent_resident", starts_on=day, ends_on=None)
    merge(lead, kept, gone)
    assert list(kept.statuses.values_list("ends_on", flat=True)) == [date(2025, 5, 31), None]


def test_a_consent_follows_by_a_merge_and_by_nothing_else(lead, pair) -> None:
    kept, gone = pair
    consent = f.consented(f.FileFactory(person=gone))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(person=kept)
    merge(lead, kept, gone)
    consent.refresh_from_db()
    assert consent.person == kept


def test_files_of_two_regions_both_follow(lead, pair) -> None:
    kept, gone = pair
    f.FileFactory(person=kept)
    f.FileFactory(person=gone, region=f.region("13"), service_point=f.ServicePointFactory(region=f.region("13")))
    merge(lead, kept, gone)
    assert kept.files.filter(status=FileStatus.ACTIVE).count() == 2


def test_two_active_files_of_one_region_stand_in_the_way(lead, pair) -> None:
    files = [f.FileFactory(person=person) for person in pair]
    with pytest.raises(InvalidInput, match=files[1].number):
        merge(lead, *pair)
    files[1].status, files[1].closed_on = FileStatus.CLOSED, files[1].opened_on
    files[1].save()
    merge(lead, *pair)
    assert pair[0].files.count() == 2


def test_two_accounts_stand_in_the_way_and_one_follows(lead, pair) -> None:
    accounts = [f.PersonAccountFactory(person=person) for person in pair]
    with pytest.raises(InvalidInput, match="accès en ligne"):
        merge(lead, *pair)
    accounts[0].ends_on = date(2020, 1, 2)
    accounts[0].starts_on = date(2020, 1, 1)
    accounts[0].save()
    merge(lead, *pair)
    accounts[1].refresh_from_db()
    assert accounts[1].person == pair[0]


def test_it_is_refused_without_a_reason_on_another_version_and_twice(lead, pair) -> None:
    kept, gone = pair
    with pytest.raises(InvalidInput):
        merge(lead, kept, gone, reason=" ")
    with pytest.raises(Conflict):
        merge(lead, kept, gone, versions=(kept.version, gone.version + 1))
    with pytest.raises(InvalidInput):
        merge(lead, kept, kept)
    merge(lead, kept, gone)
    with pytest.raises(Conflict):
        merge(lead, kept, gone)
    assert PersonMerge.objects.count() == 1


def test_only_a_lead_of_their_region_merges(pair) -> None:
    for actor in (f.actor(Role.INTEGRATION_AGENT), f.actor(Role.TEAM_LEAD, code="13")):
        with pytest.raises(NotAllowed):
            merge(actor, *pair)
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_what_will_move_is_counted_by_kind(pair) -> None:
    f.FileFactory(person=pair[1])
    f.PersonLanguageFactory(person=pair[1])
    assert {each.label: each.count for each in what_will_move(pair[1])} == {"dossiers": 1, "langues": 1}


def test_a_consent_given_twice_stays_behind_and_an_appointment_of_both_is_kept_once(lead, pair) -> None:
    kept, gone = pair
    file = f.FileFactory(person=kept)
    f.consented(file)
    twice = f.consented(f.FileFactory(person=gone, status=FileStatus.CLOSED, closed_on=file.opened_on))
    meeting = f.AppointmentFactory(persons=pair)
    merge(lead, kept, gone)
    twice.refresh_from_db()
    assert twice.person == gone
    assert list(meeting.persons.all()) == [kept]


# --- Times ----------------------------------------------------------------------------------------------------------
def test_an_appointment_and_a_place_in_a_session_follow_with_their_time(lead, pair) -> None:
    kept, gone = pair
    appointment = f.AppointmentFactory(persons=[gone])
    enrolment = f.EnrolmentFactory(person=gone)
    merge(lead, kept, gone)
    enrolment.refresh_from_db()
    assert list(appointment.persons.all()) == [kept]
    assert enrolment.person == kept
    assert BusyTime.objects.filter(person=kept, appointment=appointment).exists()
    assert not BusyTime.objects.filter(person=gone).exists()


def test_one_appointment_both_attend_is_attended_once(lead, pair) -> None:
    kept, gone = pair
    appointment = f.AppointmentFactory(persons=pair)
    merge(lead, kept, gone)
    assert list(appointment.persons.all()) == [kept]


def test_two_appointments_at_one_hour_to_come_stand_in_the_way(lead, pair) -> None:
    kept, gone = pair
    for person in pair:
        f.AppointmentFactory(persons=[person])
    with pytest.raises(InvalidInput, match="Déplacez ou annulez"):
        merge(lead, kept, gone)
    gone.refresh_from_db()
    assert gone.merged_into is None
    assert not PersonMerge.objects.exists()


def test_two_appointments_at_one_hour_that_is_past_do_not_and_neither_is_lost(lead, pair) -> None:
    kept, gone = pair
    first, second = (f.AppointmentFactory(persons=[each], on=clock.today() - timedelta(days=9)) for each in pair)
    merge(lead, kept, gone)
    assert (list(first.persons.all()), list(second.persons.all())) == ([kept], [gone])


@pytest.mark.parametrize("goes_on", ["kept", "gone"])
def test_both_past_appointments_are_read_on_the_record_that_stays(lead, pair, client, goes_on) -> None:
    """By who accompanies, on the file and one by one; by the person themself; by who accompanies others, neither."""
    kept, gone = pair
    agent = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=f.ServicePointFactory())
    file = f.FileFactory(person=dict(zip(("kept", "gone"), pair, strict=True))[goes_on], agent=agent.user)
    both = {f.AppointmentFactory(persons=[each], on=clock.today() - timedelta(days=9)) for each in pair}
    merge(lead, kept, gone)
    file.refresh_from_db()
    assert file.person == kept
    with acting_as(actor_of(agent)):
        assert set(FileStory.whole(actor_of(agent), file).appointments) == both
        assert set(appointments_open_to(actor_of(agent))) == both
    client.force_login(agent.user)
    for one in both:
        assert client.get(reverse("staff:appointment", args=[one.uid])).status_code == 200
    oneself = f.oneself(kept)
    with acting_as(oneself):
        assert set(appointments_visible_to(oneself)) == both
    other = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=f.ServicePointFactory())
    f.FileFactory(agent=other.user)
    with acting_as(actor_of(other)):
        assert not appointments_open_to(actor_of(other)).exists()


def test_two_places_in_one_session_stand_in_the_way(lead, pair) -> None:
    kept, gone = pair
    session = f.EnrolmentFactory(person=kept).session
    f.EnrolmentFactory(person=gone, session=session, waiting=True)
    with pytest.raises(InvalidInput, match="même séance"):
        merge(lead, kept, gone)


def test_a_session_both_completed_stays_on_the_record_that_goes(lead, pair) -> None:
    kept, gone = pair
    session = f.EnrolmentFactory(person=kept, completed=True).session
    twice = f.EnrolmentFactory(person=gone, session=session, completed=True)
    merge(lead, kept, gone)
    twice.refresh_from_db()
    assert twice.person == gone
