"""`arrimage import`: JSON alone on standard output, a sentence on standard error, the exit status of the contract."""

import json

import pytest

from arrimage.accounts.enums import Role
from arrimage.cli import imports, parse
from arrimage.cli.imports import run
from arrimage.foundation.errors import DomainError
from arrimage.reception.models import Arrival, Manifest
from tests.factories import RoleGrantFactory, ServicePointFactory

pytestmark = pytest.mark.django_db
ROWS = "flight_number,date,party,family_name,category\nAC1,2026-11-24,G-1,Haddad,family\n"


@pytest.fixture
def manifest(tmp_path):
    ServicePointFactory(airport=True)
    path = tmp_path / "manifeste.csv"
    path.write_text(ROWS)
    return path


def command(*words: object) -> int:
    return run(parse(["import", *map(str, words)]))


def result(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_dry_unless_told(manifest, capsys):
    assert command("arrivals", manifest) == 0
    expected = {"kind": "arrivals", "rows": 1, "created": 1, "updated": 0, "unchanged": 0, "errors": []}
    assert expected.items() <= result(capsys).items()
    assert not Arrival.objects.exists()


def test_wet_then_again(manifest, capsys):
    assert command("arrivals", manifest, "--wet-run") == 0
    assert result(capsys)["created"] == 1
    assert command("arrivals", manifest, "--wet-run", "--region", "6") == 0
    assert result(capsys)["unchanged"] == 1
    assert Manifest.objects.get().imported_by is None


def test_refusals_end_with_one_and_a_sentence(manifest, capsys):
    manifest.write_text(ROWS.replace("2026-11-24", "demain"))
    assert command("arrivals", manifest, "--wet-run") == 1
    captured = capsys.readouterr()
    errors = json.loads(captured.out)["errors"]
    assert [(error["row"], error["column"]) for error in errors] == [(2, "date")]
    assert "Rien n’a été importé" in captured.err


def test_in_words(manifest, capsys):
    assert command("arrivals", manifest, "--format", "text") == 0
    assert "1 lignes lues : 1 ajouts" in capsys.readouterr().out


def test_the_template_is_a_csv_that_imports(manifest, tmp_path, capsys):
    assert command("arrivals", "--template") == 0
    template = tmp_path / "modele.csv"
    template.write_text(capsys.readouterr().out)
    assert command("arrivals", template) == 0
    assert result(capsys)["created"] == 1


def test_wrong_usage(manifest, capsys):
    assert command("licornes", manifest) == 2
    assert command("arrivals") == 2
    assert "arrivals" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [("arrivals", "/nulle/part.csv"), ("arrivals", "MANIFEST", "--region", "99"),
     ("arrivals", "MANIFEST", "--actor", "personne@x.example")],
)  # fmt: skip
def test_what_does_not_exist_is_said(manifest, words):
    with pytest.raises(DomainError):
        command(*(manifest if word == "MANIFEST" else word for word in words))


def test_in_somebodys_name(manifest, capsys):
    RoleGrantFactory(user__email="integration@demo.example", role=Role.INTEGRATION_AGENT)
    agent = RoleGrantFactory(user__email="accueil@demo.example", role=Role.RECEPTION_AGENT).user
    with pytest.raises(DomainError):
        command("arrivals", manifest, "--actor", "integration@demo.example")
    assert command("arrivals", manifest, "--wet-run", "--actor", "Accueil@demo.example") == 0
    assert Manifest.objects.get().imported_by == agent


def test_the_command_runs_as_the_web():
    assert imports.ROLE == "web"
