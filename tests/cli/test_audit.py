"""`arrimage audit`: what fails, what is said, what is accepted for a time."""

import argparse
import json
from collections.abc import Iterator
from datetime import date

import pytest

from arrimage.cli import audit
from arrimage.cli.audit import Accepted, Exemption, Unreachable, Vulnerability

TODAY = date(2026, 11, 24)
HOLE = Vulnerability("paquet", "1.0", ("PYSEC-2026-1", "CVE-2026-1", "GHSA-aaaa"))


def exemption(**changes: object) -> Exemption:
    return Exemption(**{"id": "GHSA-aaaa", "package": "paquet", "reason": "…", "until": TODAY} | changes)  # fmt: skip


def test_a_known_vulnerability_is_a_problem() -> None:
    [problem] = audit.judged([HOLE], [], TODAY)
    assert "paquet 1.0" in problem
    assert "CVE-2026-1" in problem


def test_a_living_exception_covers_it_under_any_of_its_names() -> None:
    for name in HOLE.names:
        assert list(audit.judged([HOLE], [exemption(id=name)], TODAY)) == []


@pytest.mark.parametrize(
    "useless",
    [{"until": date(2026, 11, 23)}, {"package": "autre"}, {"id": "CVE-2026-2"}],
    ids=["ended", "other", "else"],
)
def test_another_exception_does_not(useless: dict[str, object]) -> None:
    assert len(list(audit.judged([HOLE], [exemption(**useless)], TODAY))) == 1


def test_pip_audit_s_answer_is_read() -> None:
    answer = {
        "dependencies": [
            {"name": "sain", "version": "2", "vulns": []},
            {"name": "paquet", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"]}]},
        ]
    }
    assert list(audit.read_pip_audit(json.dumps(answer))) == [
        Vulnerability("paquet", "1.0", ("PYSEC-2026-1", "CVE-2026-1"))
    ]


def test_a_package_without_advisories_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    answer = {"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}]}
    assert list(audit.read_pip_audit(json.dumps(answer))) == []
    assert "b" in capsys.readouterr().err


@pytest.mark.parametrize(
    "answer", ["", "not json", "{}", json.dumps({"dependencies": [{"name": "a", "skip_reason": "not found"}]})]
)
def test_a_service_that_knows_nothing_is_unreachable(answer: str) -> None:
    with pytest.raises(Unreachable):
        audit.read_pip_audit(answer)


def test_npm_s_answer_is_read() -> None:
    advisory = {"url": "https://github.com/advisories/GHSA-bbbb", "severity": "high"}
    answer = {"vulnerabilities": {"lib": {"via": [advisory]}, "user": {"via": ["lib"]}}}
    found = audit.read_npm_audit("npm warn something\n" + json.dumps(answer), {"lib": "3.1"})
    assert list(found) == [Vulnerability("lib", "3.1", ("GHSA-bbbb",))]


@pytest.mark.parametrize("answer", ["", "npm error", json.dumps({"message": "405 Method Not Allowed"})])
def test_npm_s_silence_is_no_answer(answer: str) -> None:
    with pytest.raises(Unreachable):
        audit.read_npm_audit(answer, {})


def run(monkeypatch: pytest.MonkeyPatch, found: list[Vulnerability] | Exception) -> int:
    def python() -> Iterator[Vulnerability]:
        if isinstance(found, Exception):
            raise found
        return iter(found)

    monkeypatch.setattr(audit, "python_vulnerabilities", python)
    monkeypatch.setattr(audit, "page_vulnerabilities", lambda: iter([]))
    monkeypatch.setattr(audit, "licence_problems", lambda accepted: iter([]))
    return audit.run(argparse.Namespace())


def test_the_step_fails_on_a_vulnerability(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, [HOLE]) == 1
    assert "✗ paquet" in capsys.readouterr().err


def test_the_step_says_that_it_could_not_look_and_does_not_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, Unreachable("PyPI ne répond pas.")) == 0
    assert "NON VÉRIFIÉES. PyPI ne répond pas." in capsys.readouterr().err


def test_a_slow_service_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert audit.SECONDS <= 30
    monkeypatch.setattr(audit, "SECONDS", 0.2)
    with pytest.raises(Unreachable, match="secondes"):
        audit.output([audit.tool("python"), "-c", "import time; time.sleep(10)"])


@pytest.mark.parametrize(
    ("expression", "fine"),
    [
        ("MIT", True),
        ("MIT AND Apache-2.0", True),
        ("MIT AND Secret", False),
        ("Secret OR MIT", True),
        ("Secret OR Other", False),
        ("Secret OR (MIT AND Apache-2.0)", True),
        ("", False),
        ("Proprietary", False),
    ],
)
def test_a_licence_is_accepted_as_spdx_reads_it(expression: str, fine: bool) -> None:
    assert audit.is_accepted(expression, frozenset({"MIT", "Apache-2.0"})) is fine


def test_every_locked_package_has_an_accepted_licence() -> None:
    assert list(audit.licence_problems(Accepted.read())) == []


def test_an_unknown_licence_fails() -> None:
    problems = list(audit.licence_problems(Accepted(compatible=frozenset({"MIT"}))))
    assert any("Apache-2.0" in problem for problem in problems)
    assert any("inconnue" in problem for problem in problems)
