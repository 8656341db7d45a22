"""Keeping and destroying: the row and the file go together, whatever happens between."""

import errno
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from arrimage.accounts.enums import Role
from arrimage.attachments import rollback, storage
from arrimage.attachments.actions import destroy, store
from arrimage.attachments.enums import AttachmentKind, AttachmentState, MediaType
from arrimage.attachments.errors import ContentUnreadable, StorageNotAvailable, UploadRefused
from arrimage.attachments.models import Attachment
from arrimage.attachments.storage import open_content, path_of
from arrimage.foundation.errors import InvalidInput, NotAllowed
from tests import factories as make
from tests.attachments import uploads as u

pytestmark = pytest.mark.django_db
KIND = AttachmentKind.CASE_DOCUMENT


def kept(actor, content: bytes | None = None) -> Attachment:
    return store(actor, u.given(content or u.pdf()), kind=KIND, region=make.region())


def content_of(attachment: Attachment) -> bytes:
    with closing(open_content(attachment)) as content:
        return b"".join(content)


def undone(write) -> None:
    """Write in a transaction that is rolled back."""
    with transaction.atomic():
        write()
        transaction.set_rollback(True)


def test_a_file_is_kept_encrypted_and_comes_back(agent, files):
    content = u.pdf()
    attachment = kept(agent, content)
    assert content_of(attachment) == content
    assert (attachment.size, attachment.media_type, attachment.name) == (len(content), MediaType.PDF, "lettre.pdf")
    assert attachment.uploaded_by_id == agent.user_id
    assert files() == [path_of(attachment.uid)]
    assert b"%PDF" not in files()[0].read_bytes()


def test_files_are_readable_by_this_account_only(agent, folder):
    path = path_of(kept(agent).uid)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for place in (path.parent, path.parent.parent, folder):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_content_made_here_is_kept_too(agent):
    attachment = store(agent, ContentFile(u.image("PNG"), "signature.png"), kind=AttachmentKind.CONSENT)
    assert attachment.is_image


def test_a_refused_file_leaves_nothing(agent, files):
    with pytest.raises(UploadRefused):
        kept(agent, u.svg_with_script())
    assert not Attachment.objects.exists()
    assert files() == []


def test_not_in_another_region(agent):
    with pytest.raises(NotAllowed):
        store(agent, u.given(u.pdf()), kind=KIND, region=make.region("13"))


def test_what_is_undone_leaves_no_file(agent, files):
    undone(lambda: kept(agent))
    assert len(files()) == 1
    rollback.remove_undone()
    assert files() == []


def test_what_is_kept_stays_when_the_request_ends(agent, files):
    attachment = kept(agent)
    rollback.remove_undone()
    assert files() == [path_of(attachment.uid)]


def test_a_committed_file_is_not_in_doubt_any_more(agent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        kept(agent)
        assert len(rollback._written.uids) == 1
    assert rollback._written.uids == set()


@pytest.mark.parametrize("where", ["fsync", "rename", "mkdir"])
def test_a_full_disk_leaves_no_row_no_file_and_a_sentence(agent, files, monkeypatch, where):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path if where != "fsync" else os, where, full)
    with pytest.raises(StorageNotAvailable, match="plein"):
        kept(agent)
    monkeypatch.undo()
    assert not Attachment.objects.exists()


def test_a_disk_that_fills_up_leaves_no_half_file(agent, files, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageNotAvailable):
        kept(agent)
    assert files() == []


def test_destroying_removes_the_file_at_the_commit_and_keeps_the_row(agent, files, django_capture_on_commit_callbacks):
    attachment = kept(agent)
    with django_capture_on_commit_callbacks(execute=True):
        destroy(agent, [attachment], reason="Déposé par erreur.")
        assert len(files()) == 1
    assert files() == []
    attachment.refresh_from_db()
    assert (attachment.state, attachment.destruction_reason) == (AttachmentState.DESTROYED, "Déposé par erreur.")
    assert attachment.destroyed_by_id == agent.user_id
    assert bytes(attachment.wrapped_key) == b""
    with pytest.raises(ContentUnreadable, match="détruit"):
        open_content(attachment)


def test_destroying_that_is_undone_destroys_nothing(agent, files):
    attachment = kept(agent)
    undone(lambda: destroy(agent, [attachment], reason="Erreur."))
    attachment.refresh_from_db()
    assert content_of(attachment).startswith(b"%PDF")


def test_destroying_needs_a_reason_and_is_done_once(agent):
    attachment = kept(agent)
    with pytest.raises(InvalidInput) as refused:
        destroy(agent, [attachment], reason="  ")
    assert refused.value.field == "reason"
    destroy(agent, [attachment], reason="Première raison.")
    destroy(agent, [attachment], reason="Seconde.")
    attachment.refresh_from_db()
    assert attachment.destruction_reason == "Première raison."


@pytest.mark.parametrize(
    "change", [{"sha256": "0" * 64}, {"size": 3}, {"media_type": "image/png"}, {"state": "destroyed"}, {"kind": "x"}]
)
def test_the_database_refuses_to_alter_what_was_kept(agent, change):
    attachment = kept(agent)
    with pytest.raises(Exception, match=r"pgtrigger|constraint"), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(**change)


def test_a_destroyed_attachment_does_not_come_back(agent):
    attachment = kept(agent)
    destroy(agent, [attachment], reason="Erreur.")
    with pytest.raises(Exception, match="transition"), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(
            state="stored", wrapped_key=b"x", destroyed_at=None, destruction_reason=""
        )


def alter(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("place", [0, 10, 20, 40, -1])
def test_an_altered_file_is_never_given_not_even_its_beginning(agent, place):
    attachment = kept(agent)
    alter(path_of(attachment.uid), place)
    with pytest.raises(ContentUnreadable, match="altéré"):
        open_content(attachment)


def test_a_cut_file_a_missing_one_and_another_one_are_not_given(agent):
    attachment, other = kept(agent), kept(agent)
    path = path_of(attachment.uid)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ContentUnreadable):
        open_content(attachment)
    path.write_bytes(path_of(other.uid).read_bytes())
    with pytest.raises(ContentUnreadable):
        open_content(attachment)
    path.unlink()
    with pytest.raises(ContentUnreadable, match="introuvable"):
        open_content(attachment)


def test_another_files_key_does_not_open(agent):
    attachment, other = kept(agent), kept(agent)
    attachment.wrapped_key = other.wrapped_key
    with pytest.raises(ContentUnreadable, match="clé"):
        open_content(attachment)


def test_without_a_folder_nothing_is_kept(agent, settings):
    settings.ATTACHMENTS = None
    with pytest.raises(StorageNotAvailable, match="ARRIMAGE_ATTACHMENTS"):
        kept(agent)


def test_the_newcomers_own_upload_needs_no_region():
    newcomer = make.actor_of(make.PersonAccountFactory())
    assert newcomer.role == Role.NEWCOMER
    assert store(newcomer, u.given(u.pdf()), kind=KIND).uploaded_by_id == newcomer.user_id
    assert storage.root().is_dir()
