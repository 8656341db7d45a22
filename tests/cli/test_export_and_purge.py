"""`arrimage export file` and `arrimage purge`, as they are typed."""

import io
import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.models import File
from arrimage.cli import errors_for_people, export, parse, purge
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.privacy.retention.actions import approve_run, prepare_run
from tests import factories as f
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
LONG_AGO = clock.today() - timedelta(days=6 * 366)


def test_a_person_s_file_by_either_key(tmp_path: Path) -> None:
    file = f.FileFactory()
    for number, uid in enumerate((file.person.uid, file.uid)):
        output = tmp_path / f"{number}.zip"
        assert export.run(parse(["export", "file", str(uid), "--output", str(output)])) == 0
        with zipfile.ZipFile(io.BytesIO(output.read_bytes())) as archive:
            assert json.loads(archive.read("data.json"))["person"]["uid"] == str(file.person.uid)
        assert stat.S_IMODE(output.stat().st_mode) == 0o600


def test_nobody_of_that_key_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, errors_for_people():
        export.run(parse(["export", "file", str(new_uid()), "--output", str(tmp_path / "x.zip")]))
    assert ended.value.code == 1
    assert "Personne ne porte" in capsys.readouterr().err
    assert not (tmp_path / "x.zip").exists()


def test_a_purge_is_dry_unless_told_and_done_once(capsys: pytest.CaptureFixture[str]) -> None:
    file = f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = approve_run(f.actor(Role.REGIONAL_DIRECTOR), prepare_run(f.actor(Role.PRIVACY_OFFICER, None), f.region()))
    with as_owner():
        assert purge.run(parse(["purge", str(run.uid)])) == 0
        assert File.objects.filter(pk=file.pk).exists()
        assert "1 à détruire" in capsys.readouterr().out
        assert purge.run(parse(["purge", str(run.uid), "--wet-run"])) == 0
        assert not File.objects.filter(pk=file.pk).exists()
        assert "Attestation DST-" in capsys.readouterr().out
        assert purge.run(parse(["purge", str(run.uid), "--wet-run"])) == 0
        assert "déjà exécutée" in capsys.readouterr().out


def test_one_that_is_not_approved_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    run = f.RetentionRunFactory()
    for uid in (run.uid, new_uid()):
        with pytest.raises(SystemExit) as ended, errors_for_people(), as_owner():
            purge.run(parse(["purge", str(uid), "--wet-run"]))
        assert ended.value.code == 1
    assert "n’est pas approuvée" in capsys.readouterr().err
