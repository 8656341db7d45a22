"""What a person reads of what is written about them."""

import pytest
from django.urls import reverse

from tests import factories as f
from tests.web.signed import newcomer, words

pytestmark = pytest.mark.django_db


def test_a_person_reads_what_is_written_of_them_and_their_numbers_stay_masked() -> None:
    person = f.FileFactory(person__given_name="Nadia").person
    f.PersonLanguageFactory(person=person, speaks=3)
    f.identifier(person, "1122334455")
    f.PersonLanguageFactory(language="tr")
    page = words(newcomer(person).get(reverse("newcomers:known")))
    assert "Nadia" in page
    assert "Arabe" in page
    assert "Turc" not in page
    assert "•••• 4455" in page
    assert "1122334455" not in page
    assert "Modifier" not in page
