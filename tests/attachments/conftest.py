import pytest
from django.conf import LazySettings

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.attachments import rollback
from tests import factories as make


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path):
    """The folder of the attachments, for one test."""
    settings.ATTACHMENTS = tmp_path / "attachments"
    rollback._written.uids.clear()
    return settings.ATTACHMENTS


@pytest.fixture
def files(folder):
    """Return what is in the folder, by path."""
    return lambda: sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def agent(db) -> Actor:
    return make.actor(Role.INTEGRATION_AGENT)
