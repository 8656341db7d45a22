from collections.abc import Iterator

import pytest
from django.db import transaction

from tests import roles
from tests.permissions.world import World, build
from tests.security.theirs import Theirs


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """The world of the permission matrix and its counterpart elsewhere, written once for a module of tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        roles.become_web_role(for_transaction=True)
        roles.act_as_tests()
        world = build()
        world.things["theirs"] = Theirs.build(world)
        world.sign_everybody_in()
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def theirs(world: World) -> Theirs:
    return world.things["theirs"]
