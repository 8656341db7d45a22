"""What needs an agent: grouping, urgency, scope."""

from arrimage.accounts.enums import Role
from arrimage.casework.todo import todo
from tests import factories as f


def test_runs(db):
    assert todo(f.actor(Role.INTEGRATION_AGENT)) == {}
