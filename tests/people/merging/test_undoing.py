"""A merge undone: what comes back, and what was done since, which stays."""

from datetime import date, timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.people.merging.actions import undo_merge
from arrimage.people.merging.rules import ABSORBED
from arrimage.people.models import PersonMerge
from tests import factories as f
from tests.people.merging.merged import merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(lead, pair):
    kept, gone = pair
    for person, day in ((kept, date(2025, 6, 1)), (gone, date(2025, 1, 1))):
        f.MemberFactory(household=f.HouseholdFactory(), person=person, starts_on=day)
    f.PersonLanguageFactory(person=gone, language="ar")
    f.PersonLanguageFactory(person=gone, language="es")
    f.FamilyLinkFactory(person=gone, other=kept)
    f.FileFactory(person=gone)
    return merge(lead, kept, gone, {"given_name": ABSORBED})


def test_everything_comes_back(lead, pair, life) -> None:
    kept, gone = pair
    undone = undo_merge(lead, life)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert gone.merged_into is None
    assert (kept.given_name, gone.given_name) == ("Mohamed", "Mohamad")
    assert gone.files.count() == 1
    assert gone.languages.count() == 2
    assert gone.memberships.get().ends_on is None
    assert gone.links.get().other == kept
    assert not kept.names.exists()
    assert undone.undone_at is not None
    assert all(stayed == 0 for _back, stayed in undone.undoing["rows"].values())
    assert undone.undoing["stayed"] == []


def test_what_was_done_since_stays(lead, pair, life) -> None:
    kept, gone = pair
    kept.refresh_from_db()
    kept.given_name = "Muhammad"
    kept.save()
    kept.languages.get(language="es").delete()
    added = f.PersonLanguageFactory(person=kept, language="fa")
    undone = undo_merge(lead, life)
    kept.refresh_from_db()
    assert kept.given_name == "Muhammad"
    assert undone.undoing["stayed"] == ["given_name"]
    assert undone.undoing["rows"]["people.PersonLanguage"] == (1, 1)
    added.refresh_from_db()
    assert added.person == kept
    assert gone.languages.get().language == "ar"


def test_once_within_thirty_days_and_by_the_region_s_lead(lead, life) -> None:
    with pytest.raises(NotAllowed):
        undo_merge(f.actor(Role.TEAM_LEAD, code="13"), life)
    PersonMerge.objects.filter(pk=life.pk).update(merged_at=clock.at(clock.today() - timedelta(days=31), 12))
    with pytest.raises(InvalidInput):
        undo_merge(lead, life)
    PersonMerge.objects.filter(pk=life.pk).update(merged_at=clock.at(clock.today() - timedelta(days=30), 12))
    undo_merge(lead, life)
    with pytest.raises(Conflict):
        undo_merge(lead, life)


def test_merges_are_undone_from_the_last(lead, pair, life) -> None:
    kept, gone = pair
    kept.refresh_from_db()
    third = f.PersonFactory(given_name="Med", family_name="Alaoui")
    later = merge(lead, third, kept)
    gone.refresh_from_db()
    assert gone.merged_into == third
    with pytest.raises(InvalidInput):
        undo_merge(lead, life)
    undo_merge(lead, later)
    undo_merge(lead, life)
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_consents_and_an_appointment_of_both_come_back(lead, pair) -> None:
    kept, gone = pair
    consent = f.consented(f.FileFactory(person=gone))
    meeting = f.AppointmentFactory(persons=pair)
    undo_merge(lead, merge(lead, kept, gone))
    consent.refresh_from_db()
    assert consent.person == gone
    assert set(meeting.persons.all()) == {kept, gone}
