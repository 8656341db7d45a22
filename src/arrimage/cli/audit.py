"""`arrimage audit`: known vulnerabilities and licences of what `uv.lock` and `package-lock.json` lock.

What is accepted is in `.ci/audit.toml`. Where an advisory service does not answer, that is said and is no failure: the
audit of a machine without network is done on another.
"""

import argparse
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

ROLE = None

ROOT = Path(__file__).resolve().parents[3]
ACCEPTED = ROOT / ".ci" / "audit.toml"
SECONDS = 30  # what an advisory service is given to answer

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


class Unreachable(Exception):
    """The advisory service did not answer; `str(error)` says what it did."""


@dataclass(frozen=True)
class Exemption:
    """A known vulnerability accepted for a time, and why."""

    id: str
    package: str
    reason: str
    until: date


@dataclass(frozen=True)
class Accepted:
    """What `.ci/audit.toml` accepts."""

    compatible: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    licences: Mapping[str, str] = field(default_factory=dict)
    exceptions: Sequence[Exemption] = ()

    @classmethod
    def read(cls, path: Path = ACCEPTED) -> "Accepted":
        said = tomllib.loads(path.read_text())
        return cls(
            frozenset(said["compatible"]),
            frozenset(said["tools"]),
            said.get("licences", {}),
            [Exemption(**entry) for entry in said.get("exceptions", [])],
        )


@dataclass(frozen=True)
class Vulnerability:
    """A published weakness of a locked package; `names` are its identifiers in several catalogues."""

    package: str
    version: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.package} {self.version} : {', '.join(self.names)}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    accepted = Accepted.read()
    wrong = False
    for name, find in (("Python", python_vulnerabilities), ("pages", page_vulnerabilities)):
        try:
            found = list(find())
        except Unreachable as reason:
            print(f"⚠ Failles connues ({name}) : NON VÉRIFIÉES. {reason}", file=sys.stderr)
            continue
        for problem in judged(found, accepted.exceptions, date.today()):
            print(f"✗ {problem}", file=sys.stderr)
            wrong = True
    for problem in licence_problems(accepted):
        print(f"✗ {problem}", file=sys.stderr)
        wrong = True
    return 1 if wrong else 0


# --- Vulnerabilities ------------------------------------------------------------------------------------------------
def judged(found: Iterable[Vulnerability], exceptions: Sequence[Exemption], today: date) -> Iterator[str]:
    """Yield, in words, the vulnerabilities that no living exception covers."""
    for vulnerability in found:
        covering = [
            entry for entry in exceptions if entry.id in vulnerability.names and entry.package == vulnerability.package
        ]
        if not covering:
            yield f"{vulnerability} (faille connue)"
        elif all(entry.until < today for entry in covering):
            yield f"{vulnerability} : son exception a pris fin le {max(entry.until for entry in covering)}"


def python_vulnerabilities() -> Iterator[Vulnerability]:
    """Yield what PyPI's advisories know of the locked Python packages. Raises `Unreachable`."""
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "requirements.txt"
        locked.write_text(exported("--all-groups"))
        words = [
            tool("pip-audit"), "--requirement", str(locked), "--no-deps", "--disable-pip", "--format", "json",
            "--vulnerability-service", "pypi", "--timeout", "10", "--progress-spinner", "off",
        ]  # fmt: skip
        return read_pip_audit(output(words))


def read_pip_audit(text: str) -> Iterator[Vulnerability]:
    """Read pip-audit's JSON. A service that knows none of the packages is no service: `Unreachable`."""
    try:
        dependencies = json.loads(text)["dependencies"]
    except (ValueError, KeyError) as error:
        raise Unreachable("PyPI ne répond pas.") from error
    skipped = [entry["name"] for entry in dependencies if "skip_reason" in entry]
    if dependencies and len(skipped) == len(dependencies):
        raise Unreachable("PyPI ne donne pas ses avis de sécurité ici.")
    if skipped:
        print(f"⚠ Sans avis de sécurité : {', '.join(skipped)}", file=sys.stderr)
    return (
        Vulnerability(entry["name"], entry["version"], (found["id"], *found.get("aliases", [])))
        for entry in dependencies
        for found in entry.get("vulns", [])
    )


def page_vulnerabilities() -> Iterator[Vulnerability]:
    """Yield what npm's advisories know of the locked libraries of the pages. Raises `Unreachable`."""
    npm = shutil.which("npm") or tool("npm")
    return read_npm_audit(output([npm, "audit", "--json", "--package-lock-only"]), versions_of_libraries())


def read_npm_audit(text: str, versions: Mapping[str, str]) -> Iterator[Vulnerability]:
    """Read npm's JSON; `versions` says which version of each library is locked."""
    start = text.find("{")
    try:
        vulnerable = json.loads(text[start:])["vulnerabilities"] if start >= 0 else None
    except (ValueError, KeyError):
        vulnerable = None
    if vulnerable is None:
        raise Unreachable("Le registre de npm ne donne pas ses avis de sécurité ici.")
    return (
        Vulnerability(name, versions.get(name, "?"), (advisory["url"].rsplit("/", 1)[-1],))
        for name, entry in vulnerable.items()
        for advisory in entry["via"]
        if isinstance(advisory, dict)  # a text names another library, which has an entry of its own
    )


def output(words: Sequence[str]) -> str:
    """Return what a program prints, whatever its exit status. Raises `Unreachable` when it takes too long."""
    try:
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreachable(f"Pas de réponse en {SECONDS} secondes.") from error
    return done.stdout


# --- Licences -------------------------------------------------------------------------------------------------------
def licence_problems(accepted: Accepted) -> Iterator[str]:
    """Yield, in words, the locked packages whose licence is unknown or not accepted."""
    distributed = names_of(exported("--no-dev"))
    for name in names_of(exported("--all-groups")):
        said = accepted.licences.get(name) or licence_of(name)
        if said is None:
            continue  # locked for another kind of machine than this one
        among = accepted.compatible if name in distributed else accepted.compatible | accepted.tools
        if not is_accepted(said, among):
            yield f"{name} : licence {said or 'inconnue'} ; à examiner, puis à inscrire dans .ci/audit.toml"
    for name, said in licences_of_libraries().items():
        said = accepted.licences.get(name, said)
        if not is_accepted(said, accepted.compatible):
            yield f"{name} : licence {said or 'inconnue'} ; à examiner, puis à inscrire dans .ci/audit.toml"


def is_accepted(expression: str, accepted: frozenset[str]) -> bool:
    """Say whether an SPDX expression leaves a choice that is accepted. `OR` binds less than `AND`."""
    words = expression.replace("(", " ").replace(")", " ").strip()
    return bool(words) and any(
        all(part.strip() in accepted for part in re.split(r"\s+AND\s+", choice))
        for choice in re.split(r"\s+OR\s+", words)
    )


def licence_of(name: str) -> str | None:
    """Return the SPDX expression of an installed package; empty when it says none, None when it is not installed."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    if expression := metadata.get_all("License-Expression"):
        return str(expression[0])
    classified = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    known = [
        CLASSIFIERS.get(line.rsplit(" :: ", 1)[-1], line)
        for line in classified
        if line != "License :: OSI Approved"  # says that there is one, not which
    ]
    return " AND ".join(known) if known else str((metadata.get_all("License") or [""])[0])


# --- What is locked -------------------------------------------------------------------------------------------------
def exported(group: str) -> str:
    """Return the locked Python packages as a requirements file; reads `uv.lock` alone."""
    words = [
        tool("uv"),
        "export",
        "--locked",
        "--no-emit-project",
        "--no-hashes",
        "--no-header",
        "--quiet",
        "--offline",
    ]
    return subprocess.run(
        [*words, group], cwd=ROOT, check=True, capture_output=True, text=True, timeout=SECONDS
    ).stdout  # fmt: skip


def names_of(requirements: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"^([A-Za-z0-9._-]+)==", requirements, re.MULTILINE)))


def libraries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the locked libraries of the pages and of the test browser."""
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for place, entry in locked.items():
        if place:
            yield place.rsplit("node_modules/", 1)[-1], entry


def versions_of_libraries() -> dict[str, str]:
    return {name: entry["version"] for name, entry in libraries()}


def licences_of_libraries() -> dict[str, str]:
    return {name: entry.get("license", "") for name, entry in libraries()}


def tool(name: str) -> str:
    """Return a program of this environment."""
    return os.fspath(Path(sys.executable).with_name(name))
