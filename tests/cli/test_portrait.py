"""`arrimage import statistics` then `arrimage portrait`: the contract's JSON alone on standard output."""

import json

import pytest

from arrimage import cli
from tests.statistics import extracts


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


def test_a_table_imported_is_in_the_portrait(run, tmp_path):
    file = tmp_path / "permis.csv"
    file.write_text(extracts.TFWP)
    status, output, messages = run("import", "statistics", str(file), "--wet-run")
    assert (status, json.loads(output)["created"], messages) == (0, 5, "")
    assert json.loads(run("import", "statistics", str(file), "--wet-run")[1])["unchanged"] == 5
    status, output, messages = run("portrait", "--region", "06", "--format", "json")
    assert (status, messages) == (0, "")
    (table,) = json.loads(output)["tables"]
    assert {"code", "title", "source", "vintage", "columns", "rows"} <= table.keys()
    assert table["vintage"] == "2023"


def test_in_a_file(run, tmp_path):
    target = tmp_path / "portrait.json"
    assert run("portrait", "--region", "06", "--output", str(target))[:2] == (0, "")
    assert json.loads(target.read_text()) == {"region": "06", "tables": []}


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["portrait", "--region", "99"], 1, "La région « 99 » n’existe pas"),
        (["portrait"], 2, "--region"),
        (["portrait", "--region", "06", "--format", "cire"], 2, "cire"),
    ],
)
def test_refusals(run, words, status, sentence):
    found, output, messages = run(*words)
    assert (found, output) == (status, "")
    assert sentence in messages.replace("\u00a0", " ")
