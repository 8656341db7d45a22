"""Documents of a person: in their copy as they are kept; gone with them, file and key included."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile

from arrimage.accounts.enums import Role
from arrimage.attachments import storage
from arrimage.attachments.actions import store
from arrimage.attachments.enums import AttachmentKind
from arrimage.attachments.models import Attachment
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import Document, File
from arrimage.foundation import clock
from arrimage.privacy.portability.archive import build_archive
from arrimage.privacy.retention.actions import approve_run, prepare_run
from arrimage.privacy.retention.purging import execute
from tests import factories as f
from tests.attachments import uploads
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
LONG_AGO = clock.today() - timedelta(days=6 * 366)


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path) -> None:
    settings.ATTACHMENTS = tmp_path / "attachments"


def documented(file: File) -> Document:
    agent = f.actor(Role.INTEGRATION_AGENT)
    kept = store(agent, ContentFile(uploads.pdf(), "bail.pdf"), kind=AttachmentKind.CASE_DOCUMENT, region=file.region)
    return Document.objects.create(file=file, region=file.region, attachment=kept, kind="other", title="Bail")


def test_they_are_in_the_copy_of_the_person_alone() -> None:
    own, elsewhere = documented(f.FileFactory()), documented(f.FileFactory())
    archive = build_archive(f.actor(Role.PRIVACY_OFFICER, None), own.file.person)
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        pieces = [name for name in files.namelist() if name.startswith("pieces/")]
        assert len(pieces) == 1
        assert files.read(pieces[0]) == uploads.pdf()
    assert str(elsewhere.attachment.uid)[-12:] not in pieces[0]


def test_one_whose_file_is_lost_is_told_by_its_row_alone() -> None:
    own = documented(f.FileFactory())
    storage.remove(own.attachment.uid)
    archive = build_archive(f.actor(Role.PRIVACY_OFFICER, None), own.file.person)
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert not [name for name in files.namelist() if name.startswith("pieces/")]
        assert "bail.pdf" in files.read("tables/attachments.attachment.csv").decode()


def test_a_purge_destroys_the_row_the_key_and_the_file(django_capture_on_commit_callbacks) -> None:
    own, kept = documented(f.FileFactory(opened_on=LONG_AGO)), documented(f.FileFactory())
    File.objects.filter(pk=own.file.pk).update(status=FileStatus.CLOSED, closed_on=LONG_AGO)
    paths = [storage.path_of(each.attachment.uid) for each in (own, kept)]
    assert all(path.is_file() for path in paths)
    run = approve_run(f.actor(Role.REGIONAL_DIRECTOR), prepare_run(f.actor(Role.PRIVACY_OFFICER, None), f.region()))
    with as_owner(), django_capture_on_commit_callbacks(execute=True):
        execute(run, executed_by="essai")
    assert [path.is_file() for path in paths] == [False, True]
    assert list(Attachment.objects.values_list("pk", flat=True)) == [kept.attachment.pk]
