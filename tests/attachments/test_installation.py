"""Where the documents may be, and the keys an installation is given."""

import base64
from pathlib import Path

import pytest

from arrimage.attachments.checks import attachments_folder, problems
from arrimage.cli import doctor
from arrimage.config.secrets import SecretMissing, attachment_keys
from tests import factories as make

KEY = base64.b64encode(bytes(32)).decode()
OTHER = base64.b64encode(bytes([255]) * 32).decode()


def wrong(settings, folder) -> list[int]:
    settings.ATTACHMENTS = folder
    return [number for number, _message in problems()]


def test_a_folder_of_its_own_is_right(settings, tmp_path):
    assert wrong(settings, tmp_path / "attachments") == []
    assert attachments_folder() == []


def test_a_folder_must_be_said_absolute_apart_and_writable(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STATICFILES_DIRS = [tmp_path / "sources", ("vendor", tmp_path / "vendor")]
    assert wrong(settings, None) == [1]
    assert wrong(settings, Path("attachments")) == [2]
    for served in ("static", "static/attachments", "sources/a", "vendor/a"):
        assert wrong(settings, tmp_path / served) == [3], served
    assert wrong(settings, tmp_path / "data" / "postgres" / "attachments") == [4]
    assert wrong(settings, tmp_path / "data") == [4]
    assert wrong(settings, tmp_path / "data" / "attachments") == []
    link = tmp_path / "link"
    (tmp_path / "static").mkdir()
    link.symlink_to(tmp_path / "static")
    assert wrong(settings, link) == [3]
    file = tmp_path / "file"
    file.write_text("")
    assert wrong(settings, file) == [5]
    assert [message.id for message in attachments_folder()] == ["attachments.E005"]


def test_in_production_the_folder_must_exist(settings, tmp_path):
    settings.PRODUCTION = True
    assert wrong(settings, tmp_path / "attachments") == [5]
    (tmp_path / "attachments").mkdir()
    assert wrong(settings, tmp_path / "attachments") == []


def test_the_first_key_is_the_current_one(monkeypatch):
    monkeypatch.setenv("ARRIMAGE_ATTACHMENT_KEYS", f"2026:{KEY}, 2025:{OTHER}")
    assert list(attachment_keys("secret", production=True).items()) == [
        ("2026", bytes(32)),
        ("2025", bytes([255]) * 32),
    ]


@pytest.mark.parametrize(
    "given",
    [
        "2026",
        f":{KEY}",
        "2026:",
        "2026:court",
        f"2026:{KEY[:-8]}",
        f"2026:{KEY},2026:{OTHER}",
        f"un nom:{KEY}",
        KEY,
    ],
)
def test_a_key_that_is_not_well_formed_is_refused_without_being_shown(monkeypatch, given):
    monkeypatch.setenv("ARRIMAGE_ATTACHMENT_KEYS", given)
    with pytest.raises(SecretMissing) as refused:
        attachment_keys("secret", production=False)
    assert KEY not in str(refused.value)


def test_production_needs_keys_and_elsewhere_one_follows_from_the_secret(monkeypatch):
    monkeypatch.delenv("ARRIMAGE_ATTACHMENT_KEYS", raising=False)
    with pytest.raises(SecretMissing, match="ARRIMAGE_ATTACHMENT_KEYS"):
        attachment_keys("secret", production=True)
    derived = attachment_keys("secret", production=False)
    assert derived == attachment_keys("secret", production=False) != attachment_keys("autre", production=False)


def test_the_doctor_says_that_production_has_no_scanner_and_does_not_refuse_it(settings, monkeypatch):
    monkeypatch.setenv("ARRIMAGE_ENV", "production")
    settings.SCAN_COMMAND = ""
    assert "ARRIMAGE_SCAN_COMMAND" in doctor.virus_scanner()
    settings.SCAN_COMMAND = "/usr/bin/clamdscan --fdpass"
    assert "/usr/bin/clamdscan" in doctor.virus_scanner()


@pytest.mark.django_db
def test_the_doctor_says_which_keys_are_missing_and_where_the_folder_may_not_be(settings):
    assert str(settings.ATTACHMENTS) in doctor.attachments_kept()
    make.AttachmentFactory()
    settings.ATTACHMENT_KEYS = {"2026": bytes(32)}
    with pytest.raises(doctor.Problem, match="derived"):
        doctor.attachments_kept()
    settings.ATTACHMENTS = None
    with pytest.raises(doctor.Problem, match="ARRIMAGE_ATTACHMENTS"):
        doctor.attachments_kept()
