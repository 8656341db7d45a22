"""The papers of a file: who adds, sees, shares and removes them."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.attachments.errors import UploadRefused
from arrimage.attachments.queries import attachment_for, attachments_visible_to
from arrimage.casework.actions import add_document, remove_document, share_document
from arrimage.casework.actions import documents as actions
from arrimage.casework.actions.documents import NewDocument
from arrimage.casework.models import Document
from arrimage.casework.queries import documents_visible_to
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests import factories as make
from tests.attachments import uploads as u

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def file(db):
    return make.FileFactory()


@pytest.fixture
def person(file):
    return actor_of(make.PersonAccountFactory(person=file.person))


def new(file, content=None, name="bail.pdf", **fields) -> NewDocument:
    return NewDocument(file, u.given(content or u.pdf(), name), **({"kind": "housing"} | fields))


def test_an_agent_adds_a_document_that_the_person_does_not_see(agent, file, person):
    document = add_document(agent, new(file))
    assert (document.title, document.region, document.author_id) == ("bail.pdf", file.region, agent.user_id)
    assert document.attachment.region == file.region
    assert list(documents_visible_to(agent)) == [document]
    assert list(documents_visible_to(person)) == []
    assert attachment_for(person, document.attachment.uid) is None


def test_a_shared_document_is_seen_by_the_person_and_nobody_elses(agent, file, person):
    document = add_document(agent, new(file, shared=True, title=" Votre bail "))
    assert document.title == "Votre bail"
    found, about = attachment_for(person, document.attachment.uid)
    assert (found, about) == (document.attachment, file)
    others = [
        actor_of(make.PersonAccountFactory()),
        make.actor(Role.INTEGRATION_AGENT, "13"),
        make.actor(Role.REGIONAL_DIRECTOR),
        make.actor(Role.RECEPTION_AGENT),
        make.actor(Role.ADMINISTRATOR, None),
        actor_of(make.OrganisationMemberFactory()),
        actor_of(make.EmployerMemberFactory()),
    ]
    for other in others:
        assert attachment_for(other, document.attachment.uid) is None
        assert not attachments_visible_to(other).exists()


def test_the_person_gives_a_document_in_their_own_open_file(file, person, agent):
    document = add_document(person, new(file, u.image(), "photo.jpg", kind="identity"))
    assert document.from_person
    assert document.shared
    assert list(documents_visible_to(person)) == list(documents_visible_to(agent)) == [document]
    with pytest.raises(NotAllowed):
        add_document(person, new(make.FileFactory()))
    with pytest.raises(Conflict, match="fermé"):
        add_document(person, new(make.FileFactory(person=file.person, closed=True)))


def test_the_person_gives_pdf_and_pictures_only(file, person, agent):
    with pytest.raises(UploadRefused):
        add_document(person, new(file, u.docx(), "note.docx"))
    document = add_document(agent, new(file, u.docx(), "note.docx"))
    with pytest.raises(InvalidInput) as refused:
        share_document(agent, document, shared=True)
    assert refused.value.field == "shared"
    with pytest.raises(InvalidInput):
        add_document(agent, new(file, u.docx(), "note.docx", shared=True))


def test_the_person_does_not_fill_the_disk(file, person, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FROM_PERSON", 1)
    add_document(person, new(file))
    with pytest.raises(Conflict, match="déjà envoyé"):
        add_document(person, new(file))
    assert Document.objects.count() == 1


def test_sharing_and_no_longer(agent, file, person):
    document = make.DocumentFactory(file=file)
    share_document(agent, document, shared=True)
    assert documents_visible_to(person).exists()
    share_document(agent, document, shared=False)
    assert not documents_visible_to(person).exists()
    own = make.DocumentFactory(file=file, from_the_person=True)
    with pytest.raises(Conflict):
        share_document(agent, own, shared=False)


def test_removing_keeps_the_line_with_its_reason_and_not_the_content(agent, file, person):
    document = make.DocumentFactory(file=file, shared=True)
    with pytest.raises(InvalidInput):
        remove_document(agent, document, reason=" ")
    removed = remove_document(agent, document, reason="Mauvais dossier.")
    assert removed.attachment.destruction_reason == "Mauvais dossier."
    assert list(documents_visible_to(agent)) == [document]
    assert list(documents_visible_to(person)) == []
    assert attachment_for(agent, document.attachment.uid) is None
    with pytest.raises(Conflict, match="déjà retiré"):
        remove_document(agent, document, reason="Encore.")
    with pytest.raises(Conflict):
        share_document(agent, document, shared=False)


@pytest.mark.parametrize("role", [Role.REGIONAL_DIRECTOR, Role.RECEPTION_AGENT, Role.REGIONAL_ADVISOR])
def test_others_change_nothing(role, file):
    other, document = make.actor(role), make.DocumentFactory(file=file)
    for attempt in (
        lambda: add_document(other, new(file)),
        lambda: share_document(other, document, shared=True),
        lambda: remove_document(other, document, reason="Raison."),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_the_person_removes_and_shares_nothing_by_themselves(file, person):
    document = make.DocumentFactory(file=file, from_the_person=True)
    for attempt in (
        lambda: share_document(person, document, shared=True),
        lambda: remove_document(person, document, reason="Raison."),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_closed_file_takes_nothing_more(agent):
    with pytest.raises(Conflict):
        add_document(agent, new(make.FileFactory(closed=True)))
