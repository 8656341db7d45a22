"""`arrimage seal` and what `arrimage doctor` says of the read journal."""

import argparse

import pytest

from arrimage.cli import doctor, seal
from arrimage.privacy.journal.anchors import anchor_file
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    settings.ANCHORS = tmp_path


def test_it_says_what_it_sealed(capsys, django_capture_on_commit_callbacks) -> None:
    f.ReadingFactory.create_batch(2)
    with django_capture_on_commit_callbacks(execute=True):
        assert seal.run(argparse.Namespace()) == 0
    said = capsys.readouterr().out
    assert "2 lignes scellées en 1 scellés" in said
    assert str(anchor_file()) in said
    f.ReadingFactory()
    assert "1 à sceller depuis le" in doctor.journal_intact()


def test_the_doctor_says_whom_to_tell(django_capture_on_commit_callbacks) -> None:
    f.ReadingFactory()
    with django_capture_on_commit_callbacks(execute=True):
        seal.run(argparse.Namespace())
    anchor_file().unlink()
    with pytest.raises(doctor.Problem) as problem:
        doctor.journal_intact()
    assert "scellé no 1" in str(problem.value)
    assert "prévenez la personne responsable de la protection des renseignements personnels" in str(problem.value)
