"""Fixtures of every test. Settings and environment are in `tests.settings`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import Engine
from hypothesis import settings as hypothesis_settings

from tests import roles
from tests.scheduling_of_tests import ByFile
from tests.server import prepare_embedded_server
from tests.templates import Undefined

hypothesis_settings.register_profile("arrimage", deadline=None, print_blob=True)  # a slow machine is no failure
hypothesis_settings.load_profile("arrimage")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


USES_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "_django_db_helper"}
USES_COMMITS = {"transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    prepare_embedded_server()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        roles.let_owner_become_web_role()
        roles.let_tables_be_emptied()
    roles.watch_other_threads()
    yield
    with django_db_blocker.unblock():
        roles.end_other_sessions()  # a browser's last request may still be served while the database is dropped


@pytest.fixture(scope="session", autouse=True)
def _attachments_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.ATTACHMENTS = tmp_path_factory.mktemp("attachments")


@pytest.fixture(autouse=True)
def _web_role(
    request: pytest.FixtureRequest, _django_db_marker: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Run every test that uses the database as the web's role, in the tests' own name."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None and not USES_DATABASE & set(request.fixturenames):
        yield
        return
    commits = bool(USES_COMMITS & set(request.fixturenames)) or (
        marker is not None and bool(marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    )
    request.getfixturevalue("transactional_db" if commits else "db")
    roles.become_web_role(for_transaction=not commits)
    roles.act_as_tests()
    roles.requests_say_nothing_first(monkeypatch)
    yield
    connection.arrimage_context = None
    if commits:
        roles.act_as_nobody()
        roles.become_owner()  # who alone may empty the tables after the test


@pytest.fixture(autouse=True)
def _undefined_variables_are_errors() -> None:
    """Each time: a test that changes settings makes Django build another engine."""
    Engine.get_default().string_if_invalid = Undefined()
