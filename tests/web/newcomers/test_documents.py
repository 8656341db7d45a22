"""A person reads the documents shared with them, and gives their own."""

import pytest
from django.urls import reverse
from django.utils import translation

from arrimage.casework.models import Document
from tests import factories as make
from tests.attachments import uploads as u
from tests.web.signed import newcomer, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()


@pytest.fixture
def file(db):
    return make.FileFactory()


@pytest.fixture
def browser(file):
    return newcomer(file.person)


def page() -> str:
    return reverse("newcomers:documents")


def give(browser, content: bytes, name: str = "passeport.jpg", **fields):
    return browser.post(page(), {"upload": u.given(content, name), "kind": "identity"} | fields, follow=True)


def test_shared_documents_are_shown_and_others_are_not(browser, file):
    make.DocumentFactory(file=file, title="Votre lettre", shared=True)
    make.DocumentFactory(file=file, title="Note interne")
    make.DocumentFactory(file=file, title="Lettre retirée", shared=True, removed=True)
    make.DocumentFactory(title="Lettre d’une autre personne", shared=True)
    shown = words(browser.get(page()))
    assert "Votre lettre" in shown
    for hidden in ("Note interne", "Lettre retirée", "Lettre d’une autre personne"):
        assert hidden not in shown


def test_a_shared_document_opens_and_another_does_not(browser, file):
    shared = make.DocumentFactory(file=file, shared=True).attachment
    response = browser.get(reverse("document", args=[shared.uid]))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    for other in (make.DocumentFactory(file=file), make.DocumentFactory(shared=True)):
        assert browser.get(reverse("document", args=[other.attachment.uid])).status_code == 404


def test_giving_a_photo(browser, file):
    shown = words(give(browser, u.photo_of_a_place(), title="Mon passeport"))
    assert "« Mon passeport » est envoyé" in shown
    document = Document.objects.get()
    assert (document.file, document.from_person, document.kind) == (file, True, "identity")


def test_a_refused_file_says_what_to_send(browser):
    shown = words(give(browser, u.docx(), "cv.docx"))
    assert "« cv.docx » n’est pas accepté (DOCX). Envoyez un PDF, ou une image JPEG ou PNG." in shown
    assert not Document.objects.exists()


def test_without_an_open_file_nothing_is_given():
    browser = newcomer(make.FileFactory(closed=True).person)
    assert "quand votre dossier sera ouvert" in words(give(browser, u.pdf()))
    assert not Document.objects.exists()


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_page_exists_in_the_other_languages(browser, language):
    assert browser.get(f"/{language}/moi/documents/").status_code == 200
