"""The documents of a file, on the pages of those who accompany: adding, giving back, sharing, removing."""

import errno
import os
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.attachments.models import Attachment
from arrimage.attachments.storage import path_of
from arrimage.casework.models import Document
from arrimage.privacy.journal.enums import What
from arrimage.privacy.journal.models import Reading
from tests import factories as make
from tests.attachments import uploads as u
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ATTACHMENTS = tmp_path / "attachments"
    return settings.ATTACHMENTS


@pytest.fixture
def file(db):
    return make.FileFactory()


@pytest.fixture
def browser(file):
    return staff(Role.INTEGRATION_AGENT)


def page(file) -> str:
    return reverse("staff:documents", args=[file.uid])


def send(browser, file, content: bytes, name: str = "bail.pdf", **fields):
    return browser.post(page(file), {"upload": u.given(content, name), "kind": "housing"} | fields, follow=True)


def test_adding_lists_the_document_with_who_when_and_how_large(browser, file):
    shown = words(send(browser, file, u.pdf(), title="Bail de la rue Fleury", shared="on"))
    for said in (
        "« Bail de la rue Fleury » est ajouté",
        "Logement : bail, avis",
        "PDF",
        "1 Ko",
        "Partagé avec la personne",
    ):
        assert said in shown
    assert "Camille" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "« bail.pdf » est vide"),
        (u.svg_with_script(), "« bail.pdf » n’est pas accepté (dessin SVG)"),
        (u.pdf(u.script), "« bail.pdf » contient un programme"),
        (bytes(12 * 1024 * 1024), "« bail.pdf » est trop volumineux : la limite est de 10 Mo"),
    ],
)
def test_a_refusal_is_a_sentence_beside_the_field_and_leaves_nothing(browser, file, folder, content, said):
    shown = words(send(browser, file, content))
    assert said in shown
    assert not Document.objects.exists()
    assert not Attachment.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_what_follows_a_refusal_in_the_same_request_leaves_no_file(browser, file, folder):
    shown = words(send(browser, file, u.docx(), "note.docx", shared="on"))
    assert "ne se partage pas" in shown
    assert not Attachment.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_full_disk_is_a_sentence(browser, file, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert "l’espace de rangement est plein" in words(send(browser, file, u.pdf()))
    assert not Attachment.objects.exists()


def test_a_name_cannot_break_the_page_or_the_headers(browser, file):
    name = '"><script>alert(1)</script>\u202efdp.exe'
    response = send(browser, file, u.pdf(), name)
    assert b"<script>alert" not in response.content
    attachment = Attachment.objects.get()
    given = browser.get(reverse("document", args=[attachment.uid]))
    assert b"".join(given.streaming_content).startswith(b"%PDF")
    assert unquote(given["Content-Disposition"]) == 'attachment; filename="script-fdp.pdf"'


def test_a_document_is_given_back_as_a_download_that_nothing_keeps(browser, file):
    document = make.DocumentFactory(
        file=file, attachment__name="relevé d’emploi.pdf", attachment__content=b"%PDF-1.4 x"
    )
    response = browser.get(reverse("document", args=[document.attachment.uid]))
    assert b"".join(response.streaming_content) == b"%PDF-1.4 x"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "10"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''relev%C3%A9%20d%E2%80%99emploi.pdf"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_picture_may_be_shown_and_nothing_else(browser, file):
    picture = make.DocumentFactory(file=file, attachment__picture=True, attachment__content=b"\x89PNG").attachment
    response = browser.get(reverse("document_preview", args=[picture.uid]))
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response.streaming_content) == b"\x89PNG"
    pdf = make.DocumentFactory(file=file).attachment
    assert browser.get(reverse("document_preview", args=[pdf.uid])).status_code == 404


def test_every_opening_is_in_the_read_journal(browser, file):
    document = make.DocumentFactory(file=file)
    response = browser.get(reverse("document", args=[document.attachment.uid]))
    assert b"".join(response.streaming_content)
    reading = Reading.objects.get(what=What.ATTACHMENT)
    assert (reading.person, reading.object_uid) == (file.person, document.attachment.uid)


def test_others_documents_destroyed_ones_and_what_does_not_exist_are_the_same(browser):
    elsewhere = make.DocumentFactory(file=make.FileFactory(region=make.region("13")))
    removed = make.DocumentFactory(removed=True)
    nobodys = make.AttachmentFactory()
    for uid in (elsewhere.attachment.uid, removed.attachment.uid, nobodys.uid, elsewhere.uid):
        for name in ("document", "document_preview"):
            assert browser.get(reverse(name, args=[uid])).status_code == 404
    for name in ("document_share", "document_remove"):
        assert browser.post(reverse(f"staff:{name}", args=[elsewhere.uid])).status_code == 404
    assert browser.post(page(elsewhere.file)).status_code == 404


def test_an_altered_document_is_said_and_not_given(browser, file):
    attachment = make.DocumentFactory(file=file).attachment
    path = path_of(attachment.uid)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    back = browser.get(
        reverse("document", args=[attachment.uid]), headers={"referer": f"http://testserver{page(file)}"}
    )
    assert back.status_code == 302
    assert "altéré ou coupé" in words(browser.get(back["Location"]))


def test_sharing_and_no_longer(browser, file):
    document = make.DocumentFactory(file=file)
    address = reverse("staff:document_share", args=[document.uid])
    assert "La personne voit maintenant" in words(browser.post(address, {"shared": "yes"}, follow=True))
    assert "La personne ne voit plus" in words(browser.post(address, {"shared": "no"}, follow=True))
    document.refresh_from_db()
    assert not document.shared


def test_removing_asks_why_and_keeps_the_line(browser, file):
    document = make.DocumentFactory(file=file, title="Bail de trop")
    address = reverse("staff:document_remove", args=[document.uid])
    assert "est obligatoire" in words(browser.post(address, {"reason": ""}))
    shown = words(browser.post(address, {"reason": "Mauvais dossier."}, follow=True))
    for said in ("« Bail de trop » est retiré", "Aucun document n’est gardé", "Retirés", "Mauvais dossier."):
        assert said in shown


def test_a_closed_file_shows_its_documents_and_takes_no_more(browser):
    file = make.FileFactory(closed=True)
    make.DocumentFactory(file=file, title="Ancien bail")
    shown = words(browser.get(page(file)))
    assert "Ancien bail" in shown
    assert "rien ne peut plus y être ajouté" in shown
    assert "rien ne peut plus y être ajouté" in words(send(browser, file, u.pdf()))


def test_the_page_costs_the_same_whatever_it_lists(browser, file):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(page(file)).status_code == 200
        return len(captured)

    make.DocumentFactory(file=file)
    make.DocumentFactory(file=file, removed=True)
    cost()
    few = cost()
    make.DocumentFactory.create_batch(10, file=file)
    make.DocumentFactory.create_batch(5, file=file, removed=True)
    assert cost() == few <= 16
