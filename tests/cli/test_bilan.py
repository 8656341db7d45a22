"""`arrimage bilan` and `arrimage evidence`: their outputs, their refusals."""

import json

import pytest

from arrimage import cli
from tests.reporting.world import build_world

SCOPE = ["--region", "06", "--from", "2020-07-01", "--to", "2021-06-30"]


@pytest.fixture
def run(db, monkeypatch, capsys):
    """Run a command in this process, on the tests' database; return its status, output and messages."""
    monkeypatch.setattr(cli, "prepare_django", lambda role: None)

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = cli.main(list(words))
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_bilan_as_json(run):
    build_world()
    status, output, messages = run("bilan", *SCOPE, "--format", "json")
    assert (status, messages) == (0, "")
    assert json.loads(output)["indicators"][0]["value"] == 1


def test_bilan_in_a_file(run, tmp_path):
    target = tmp_path / "bilan.html"
    status, output, _messages = run("bilan", *SCOPE, "--format", "html", "--output", str(target))
    assert (status, output) == (0, "")
    assert target.read_text().startswith("<!DOCTYPE html>")


def test_evidence_as_json(run):
    world = build_world()
    status, output, _messages = run("evidence", "employers_accompanied", *SCOPE, "--format", "json")
    assert status == 0
    assert [record["uid"] for record in json.loads(output)["records"]] == [str(world.employer.uid)]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["bilan", "--region", "99", *SCOPE[2:]], 1, "La région « 99 » n’existe pas"),
        (["bilan", *SCOPE[:2], "--from", "2021-07-01", "--to", "2021-06-30"], 1, "avant de commencer"),
        (["evidence", "employeurs", *SCOPE], 1, "L’indicateur « employeurs » n’existe pas"),
        (["bilan", *SCOPE, "--output", "/nulle/part/bilan.txt"], 1, "ne peut pas être écrit"),
        (["bilan", *SCOPE, "--format", "cire"], 2, "cire"),
        (["bilan", *SCOPE[:4], "--to", "demain"], 2, "« demain » n’est pas une date"),
        (["bilan", "--region", "06"], 2, "--from"),
    ],
)
def test_refusals(run, words, status, sentence):
    found, output, messages = run(*words)
    assert (found, output) == (status, "")
    assert sentence in messages.replace("\u00a0", " ")
