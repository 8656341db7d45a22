"""Production starts whole or not at all."""

import json
import os
from pathlib import Path

import pytest

from arrimage.config.production import COMPULSORY, REFUSED, NotForProduction, problems, refuse_unsafe
from tests.security.production import arrimage, environment, run

PAGES = Path(__file__).with_name("answers_in_production.py")


def test_a_whole_environment_is_accepted(tmp_path: Path) -> None:
    assert list(problems(environment(tmp_path))) == []


def test_django_s_own_checks_for_deployment_find_nothing(tmp_path: Path) -> None:
    done = arrimage("manage", "check", "--deploy", "--fail-level", "DEBUG", environment=environment(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


@pytest.mark.parametrize("name", COMPULSORY)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_each_thing_missing_is_named(name: str, value: str | None, tmp_path: Path) -> None:
    [line] = problems(environment(tmp_path, **{name: value}))
    assert f"Il manque {name}" in line


def test_everything_wrong_is_said_at_once_and_without_a_traceback(tmp_path: Path) -> None:
    given = environment(tmp_path, ARRIMAGE_SEAL_KEY=None, ARRIMAGE_HOSTS="*", ARRIMAGE_DEMO="1")
    done = arrimage("migrate", environment=given)
    assert done.returncode == 1
    assert "Il manque ARRIMAGE_SEAL_KEY" in done.stderr
    assert "ARRIMAGE_HOSTS" in done.stderr
    assert "ARRIMAGE_DEMO est refusé" in done.stderr
    assert "Traceback" not in done.stderr
    assert given["ARRIMAGE_SECRET_KEY"] not in done.stderr + done.stdout


@pytest.mark.parametrize("name", ["ARRIMAGE_SECRET_KEY", "ARRIMAGE_SEAL_KEY"])
@pytest.mark.parametrize("key", ["court", "a" * 80, "motdepasse" * 8, "0123456789" * 8])
def test_a_simple_key_is_refused(name: str, key: str, tmp_path: Path) -> None:
    [line] = problems(environment(tmp_path, **{name: key}))
    assert f"{name} est trop simple" in line
    assert key not in line


def test_one_key_for_two_uses_is_refused(tmp_path: Path) -> None:
    key = environment(tmp_path)["ARRIMAGE_SECRET_KEY"]
    [line] = problems(environment(tmp_path, ARRIMAGE_SECRET_KEY=key, ARRIMAGE_SEAL_KEY=key))
    assert "il en faut deux" in line


@pytest.mark.parametrize("hosts", ["*", "arrimage.example,*", ".example.org", "arrimage.example, *.example.org"])
def test_any_host_is_refused(hosts: str, tmp_path: Path) -> None:
    [line] = problems(environment(tmp_path, ARRIMAGE_HOSTS=hosts))
    assert "ARRIMAGE_HOSTS" in line


@pytest.mark.parametrize("origins", ["http://arrimage.example", "https://*.example.org", "arrimage.example"])
def test_a_loose_origin_is_refused(origins: str, tmp_path: Path) -> None:
    [line] = problems(environment(tmp_path, ARRIMAGE_ORIGINS=origins))
    assert "ARRIMAGE_ORIGINS" in line


@pytest.mark.parametrize("name", REFUSED)
def test_what_belongs_to_demonstrations_is_refused(name: str, tmp_path: Path) -> None:
    [line] = problems(environment(tmp_path, **{name: "2026-01-01" if name.endswith("TODAY") else "1"}))
    assert f"{name} est refusé" in line


def test_the_embedded_database_is_refused(tmp_path: Path) -> None:
    given = environment(tmp_path, DATABASE_URL=None, ARRIMAGE_WEB_DATABASE_URL=None)
    with pytest.raises(NotForProduction, match="base embarquée est refusée"):
        refuse_unsafe(given)
    done = arrimage("database-url", environment=given)
    assert done.returncode == 1
    assert "base embarquée est refusée" in done.stderr
    assert not (tmp_path / "data").exists(), "nothing is started, nothing is written"


@pytest.mark.parametrize("command", [["demo", "--no-serve"], ["serve"], ["worker", "--once"], ["migrate"]])
def test_no_command_starts_in_an_unsafe_environment(command: list[str], tmp_path: Path) -> None:
    done = arrimage(*command, environment=environment(tmp_path, ARRIMAGE_SEAL_KEY=None, ARRIMAGE_DEMO="1"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "ARRIMAGE_ENV=production" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demonstration_is_refused_in_a_whole_environment(tmp_path: Path) -> None:
    done = arrimage("demo", "--no-serve", environment=environment(tmp_path))
    assert done.returncode == 1
    assert "la démonstration est refusée" in done.stderr


def test_badly_written_attachment_keys_are_refused(tmp_path: Path) -> None:
    done = arrimage("migrate", environment=environment(tmp_path, ARRIMAGE_ATTACHMENT_KEYS="2026:court"))
    assert done.returncode == 1
    assert "ARRIMAGE_ATTACHMENT_KEYS" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What a production process answers, its database away."""
    given = environment(tmp_path_factory.mktemp("production"), DJANGO_SETTINGS_MODULE="arrimage.config.settings")
    done = run(["-W", "ignore", str(PAGES)], given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_cookies_are_of_this_host_alone(said: dict) -> None:
    cookies = said["cookies"]
    assert all(name.startswith("__Host-") for name in cookies["NAME"])
    assert len(set(cookies["NAME"])) == 3
    assert cookies["PATH"] == ["/"] * 3
    assert cookies["DOMAIN"] == [None] * 3
    assert cookies["SECURE"] == cookies["HTTPONLY"] == [True] * 3
    assert cookies["SAMESITE"] == ["Lax"] * 3


def test_a_page_asked_for_in_the_clear_is_sent_to_tls(said: dict) -> None:
    page = said["page_in_the_clear"]
    assert (page["status"], page["headers"]["Location"]) == (301, "https://arrimage.example/espace/")
    assert said["health_in_the_clear"]["status"] == 503, "a load balancer's question is answered as it is asked"


def test_another_host_is_refused_without_echo(said: dict) -> None:
    answer = said["other_host"]
    assert answer["status"] == 400
    assert "evil" not in answer["body"]
    assert "n’a pas été comprise" in answer["body"]
    assert answer["cookies"] == []


def test_a_database_away_says_nothing_of_the_inside(said: dict) -> None:
    answer = said["broken"]
    assert answer["status"] == 503
    assert "Un problème est survenu" in answer["body"]
    for inside in ("Traceback", "psycopg", "nowhere", "OperationalError", os.sep + "src", "settings"):
        assert inside not in answer["body"]
    assert answer["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answer["headers"]["Cache-Control"] == "no-store"


def test_what_is_for_elsewhere_is_off(said: dict) -> None:
    assert said["settings"] == {"DEBUG": False, "DEMO": False, "REQUIRE_MFA": True, "TODAY": None}
