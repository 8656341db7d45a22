"""Changing the keys, and finding what is missing or nobody's."""

import os
import time
from contextlib import closing

import pytest

from arrimage.attachments import keeping, keys
from arrimage.attachments.actions import destroy, store
from arrimage.attachments.enums import AttachmentKind
from arrimage.attachments.errors import ContentUnreadable
from arrimage.attachments.models import Attachment
from arrimage.attachments.storage import open_content, path_of
from arrimage.cli import attachments as command
from arrimage.cli import main
from tests import factories as make
from tests.attachments import uploads as u
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
OLD, NEW = bytes(32), bytes([1]) * 32


@pytest.fixture(autouse=True)
def _old_key(settings):
    settings.ATTACHMENT_KEYS = {"2025": OLD}


def kept(agent) -> Attachment:
    return store(agent, u.given(u.pdf()), kind=AttachmentKind.OFFICE, region=make.region())


def content(attachment: Attachment) -> bytes:
    attachment.refresh_from_db()
    with closing(open_content(attachment)) as found:
        return b"".join(found)


def age(path) -> None:
    long_ago = time.time() - 2 * keeping.IN_DOUBT
    os.utime(path, (long_ago, long_ago))


def test_keys_change_without_touching_the_files_and_the_old_one_can_go(agent, files, settings, capsys):
    first, second, gone = kept(agent), kept(agent), kept(agent)
    destroy(agent, [gone], reason="Erreur.")
    before = [(path, path.read_bytes()) for path in files()]
    settings.ATTACHMENT_KEYS = {"2026": NEW, "2025": OLD}
    assert content(first)  # the older key still opens
    assert command.rotate() == 0
    assert "2 documents" in capsys.readouterr().out
    settings.ATTACHMENT_KEYS = {"2026": NEW}
    assert content(first) == content(second) != b""
    assert [(path, path.read_bytes()) for path in files()] == before
    assert keeping.rotate().done == 0


def test_a_rotation_goes_on_where_it_was_interrupted(agent, settings, monkeypatch):
    for _ in range(5):
        kept(agent)
    settings.ATTACHMENT_KEYS = {"2026": NEW, "2025": OLD}
    monkeypatch.setattr(keeping, "BATCH", 2)
    wrap, calls = keys.wrap, iter(range(100))

    def until_the_power_goes(key, uid):
        if next(calls) == 3:
            raise KeyboardInterrupt
        return wrap(key, uid)

    monkeypatch.setattr(keys, "wrap", until_the_power_goes)
    with pytest.raises(KeyboardInterrupt):
        keeping.rotate()
    assert Attachment.objects.filter(key_id="2026").count() == 2
    monkeypatch.setattr(keys, "wrap", wrap)
    assert keeping.rotate().done == 3
    assert not Attachment.objects.exclude(key_id="2026").exists()


def test_a_key_dropped_too_soon_is_said(agent, settings, capsys):
    attachment = kept(agent)
    settings.ATTACHMENT_KEYS = {"2026": NEW}
    assert keeping.missing_keys() == {"2025"}
    with pytest.raises(ContentUnreadable, match="2025"):
        content(attachment)
    assert command.rotate() == 1
    assert "« 2025 »" in capsys.readouterr().err.replace("\u00a0", " ")
    settings.ATTACHMENT_KEYS = {"2025": NEW}  # the same name, another key
    with pytest.raises(ContentUnreadable, match="ne s’ouvre pas"):
        content(attachment)


def test_all_is_well(agent, capsys):
    kept(agent)
    assert command.check(contents=True, wet=False) == 0
    assert "1 documents vérifiés, 0 illisibles" in capsys.readouterr().out


def test_missing_and_altered_files_are_found(agent, capsys):
    missing, cut, altered = kept(agent), kept(agent), kept(agent)
    path_of(missing.uid).unlink()
    path_of(cut.uid).write_bytes(path_of(cut.uid).read_bytes()[:-1])
    sealed = bytearray(path_of(altered.uid).read_bytes())
    sealed[-1] ^= 1
    path_of(altered.uid).write_bytes(sealed)
    assert command.check(contents=False, wet=False) == 1
    said = capsys.readouterr().err
    assert str(missing.uid) in said
    assert str(cut.uid) in said
    assert str(altered.uid) not in said
    assert command.check(contents=True, wet=False) == 1
    assert str(altered.uid) in capsys.readouterr().err


def test_strays_are_removed_when_told_and_old_enough(agent, files, folder, capsys):
    owned, gone, destroyed, young = (kept(agent) for _ in range(4))
    destroy(agent, [destroyed], reason="Erreur.")
    with_no_row = path_of(gone.uid)
    with as_owner():
        Attachment.objects.filter(pk__in=[gone.pk, young.pk]).delete()
    left = folder / "working" / "tmpabc.sealed"
    left.write_bytes(b"half")
    for path in (path_of(owned.uid), with_no_row, path_of(destroyed.uid), left):
        age(path)
    assert command.check(contents=False, wet=False) == 0
    assert "3 fichiers sans document" in capsys.readouterr().out
    assert len(files()) == 5
    assert command.check(contents=False, wet=True) == 0
    assert files() == sorted([path_of(owned.uid), path_of(young.uid)])


def test_the_command_is_part_of_arrimage(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["attachments", "--help"])
    assert ended.value.code == 0
    assert "{rotate,check}" in capsys.readouterr().out
