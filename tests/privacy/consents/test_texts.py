import pytest
from django.db import Error, IntegrityError, transaction

from arrimage.foundation import clock
from arrimage.privacy.consents.content import PublishedTextChanged, _publish, load_texts, notice_text
from arrimage.privacy.consents.enums import WITH_RECIPIENT, Notice, Purpose, Review
from arrimage.privacy.consents.models import ConsentText
from arrimage.privacy.consents.queries import texts_for
from tests import factories as f
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_is_told_in_four_languages(purpose: Purpose) -> None:
    texts = ConsentText.objects.filter(purpose=purpose, retired_on=None)
    assert {text.language for text in texts} == {"fr", "en", "es", "ar"}
    for text in texts:
        assert ("%(organisation)s" in text.title + text.body) == (purpose in WITH_RECIPIENT), text.language
        assert "Maison" in text.words("Maison") or purpose not in WITH_RECIPIENT
        assert (text.review == Review.ORIGINAL) == (text.language == "fr")


def test_loading_again_changes_nothing() -> None:
    with as_owner():
        assert load_texts() == []


def test_a_published_text_cannot_say_something_else() -> None:
    text = f.consent_text()
    content = {
        "purpose": text.purpose,
        "versions": [
            {
                "number": 1,
                "published_on": "2020-01-01",
                "texts": {"fr": {"title": text.title, "body": ["Autre chose."], "review": "original"}},
            }
        ],
    }
    with pytest.raises(PublishedTextChanged):
        _publish(content)


def test_a_new_number_retires_the_one_before() -> None:
    before = f.consent_text()
    versions = [
        {
            "number": number,
            "published_on": day,
            "texts": {"fr": {"title": before.title, "body": before.body.split("\n\n"), "review": "original"}},
        }
        for number, day in ((1, "2020-01-01"), (2, "2021-01-01"))
    ]
    ConsentText.objects.bulk_create(_publish({"purpose": before.purpose, "versions": versions}))
    before.refresh_from_db()
    assert str(before.retired_on) == "2020-12-31"
    assert texts_for([Purpose(before.purpose)], "fr")[Purpose(before.purpose)]["fr"].number == 2


@pytest.mark.parametrize("change", [{"title": "Autre"}, {"body": "Autre"}, {"number": 9}, {"language": "es"}])
def test_the_database_keeps_published_words(change) -> None:
    text = f.consent_text()
    with pytest.raises(Error), transaction.atomic():
        ConsentText.objects.filter(pk=text.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        text.delete()


def test_a_consent_rests_on_a_text_of_its_purpose() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        f.ConsentFactory(purpose=Purpose.CONTACT, text=f.consent_text(Purpose.FOLLOW_UP))
    with pytest.raises(IntegrityError), transaction.atomic():
        f.ConsentFactory(given_on=f.DEPLOYED.replace(year=2019), expires_on=clock.today())


@pytest.mark.parametrize("notice", Notice)
@pytest.mark.parametrize("language", ["fr", "en", "es", "ar"])
def test_a_notice_says_who_why_and_which_rights(notice: Notice, language: str) -> None:
    text = notice_text(notice, language)
    assert text.language == language
    assert all([text.title, text.who, text.why, text.who_sees, text.compulsory, text.rights])
    assert notice_text(notice, "vi").language == "fr"
