"""The virus scanner: clean, infected, or unable to say; the last two are refusals."""

import sys

import pytest

from arrimage.attachments.content import clean
from arrimage.attachments.enums import AttachmentKind
from arrimage.attachments.errors import UploadRefused
from tests.attachments import uploads as u

SCANNER = """
import pathlib, stat, sys, time
path = pathlib.Path(sys.argv[-1])
assert stat.S_IMODE(path.stat().st_mode) == 0o600
content = path.read_bytes()
if b"lent" in content: time.sleep(30)
sys.exit(1 if b"EICAR" in content else 2 if b"panne" in content else 0)
"""


@pytest.fixture(autouse=True)
def scanner(settings, tmp_path):
    script = tmp_path / "scanner.py"
    script.write_text(SCANNER)
    settings.SCAN_COMMAND = f"{sys.executable} {script} --no-summary"
    return script


def scanned(mark: str, files) -> None:
    content = u.pdf(lambda writer: writer.add_metadata({"/Title": mark}))
    try:
        clean(u.given(content, "papier.pdf"), AttachmentKind.CASE_DOCUMENT)
    finally:
        assert files() == []  # what was shown to the scanner is gone


def test_clean(files):
    scanned("rien", files)


def test_infected(files):
    with pytest.raises(UploadRefused, match=r"«\s+papier\.pdf\s+»\s+contient un virus"):
        scanned("EICAR", files)


def test_a_scanner_that_fails_refuses(files):
    with pytest.raises(UploadRefused, match="n’a pas pu être vérifié"):
        scanned("panne", files)


def test_a_scanner_that_does_not_answer_refuses(files, settings):
    settings.SCAN_SECONDS = 0.3
    with pytest.raises(UploadRefused, match="n’a pas pu être vérifié"):
        scanned("lent", files)


def test_a_scanner_that_is_not_there_refuses(files, settings):
    settings.SCAN_COMMAND = "/nulle-part/clamdscan"
    with pytest.raises(UploadRefused, match="n’a pas pu être vérifié"):
        scanned("rien", files)


def test_without_a_scanner_nothing_is_asked(files, settings, scanner):
    settings.SCAN_COMMAND = ""
    scanned("EICAR", files)
