"""Merging two records on the page: side by side, what moves, and the way back."""

from datetime import date

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.people.models import PersonMerge
from arrimage.privacy.journal.models import Reading
from tests import factories as f
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    born = date(1984, 3, 12)
    kept = f.PersonFactory(given_name="Mohamed", family_name="Alaoui", birth_date=born, phone="")
    gone = f.PersonFactory(given_name="Mohamad", family_name="Alaoui", birth_date=born, phone="514 555-0199")
    f.FileFactory(person=gone)
    return kept, gone


@pytest.fixture
def lead():
    return staff(Role.TEAM_LEAD)


def address(pair) -> str:
    return reverse("staff:duplicates_merge", kwargs={"person": pair[0].uid, "other": pair[1].uid})


def answers(pair, **fields) -> dict[str, object]:
    versions = {"version": pair[0].version, "other_version": pair[1].version}
    return {**versions, "choix-phone": "absorbed", "choix-given_name": "survivor", "reason": "Même permis.", **fields}


def test_both_are_shown_side_by_side_and_journaled(lead, pair) -> None:
    assert address(pair) in lead.get(reverse("staff:duplicates")).content.decode()
    page = words(lead.get(address(pair)))
    assert "514 555-0199" in page
    assert "Dossiers : 1" in page
    assert 'id="phone-absorbed" checked' in page
    assert "choix-family_name" not in page
    assert set(Reading.objects.values_list("person_id", flat=True)) == {each.pk for each in pair}


def test_merged_then_undone(lead, pair) -> None:
    kept, gone = pair
    response = lead.post(address(pair), answers(pair), follow=True)
    assert "Annuler la fusion" in words(response)
    kept.refresh_from_db()
    assert kept.phone == "514 555-0199"
    merge = PersonMerge.objects.get()
    assert reverse("staff:merge", args=[merge.uid]) in lead.get(reverse("staff:duplicates")).content.decode()
    page = words(lead.post(reverse("staff:merge_undo", args=[merge.uid]), follow=True))
    assert "Dossiers : revenus 1" in page
    assert "Annuler la fusion" not in page
    assert gone.files.count() == 1


def test_the_address_of_the_one_that_went_leads_to_the_person(lead, pair) -> None:
    kept, gone = pair
    lead.post(address(pair), answers(pair))
    file = kept.files.get()
    assert lead.get(reverse("staff:person", args=[gone.uid])).url == reverse("staff:file", args=[file.uid])
    assert "Mohamed Alaoui" in words(lead.get(reverse("staff:person_record", args=[gone.uid])))


def test_what_is_refused_is_said_and_nothing_chosen_is_lost(lead, pair) -> None:
    page = words(lead.post(address(pair), answers(pair, **{"choix-given_name": "absorbed", "version": 99})))
    assert "modifiée entre-temps" in page
    assert 'id="given_name-absorbed" checked' in page
    assert 'value="Même permis."' in page
    f.FileFactory(person=pair[0])
    page = words(lead.get(address(pair)))
    assert "un dossier actif dans la région" in page
    assert "Fusionner les deux fiches" not in page
    assert not PersonMerge.objects.exists()


def test_the_page_asks_as_much_of_the_database_whatever_hangs_on_the_persons(
    lead, pair, django_assert_max_num_queries
) -> None:
    for code in ("ar", "es", "fa", "ur"):
        f.PersonLanguageFactory(person=pair[1], language=code)
    lead.get(address(pair))
    with django_assert_max_num_queries(45):
        lead.get(address(pair))
