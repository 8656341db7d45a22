"""An agent signed in, with a file of theirs."""

from dataclasses import dataclass

import pytest
from django.test import Client

from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, actor_of
from arrimage.casework.models import File
from tests import factories as f


@dataclass
class Agent:
    """Somebody of the staff: their account, the actor they are, and a browser where they are signed in."""

    user: User
    actor: Actor
    client: Client


def sign_in(role: Role = Role.INTEGRATION_AGENT, code: str | None = "06", **fields) -> Agent:
    grant = f.RoleGrantFactory(role=role, region=f.region(code) if code else None, **fields)
    client = Client()
    client.force_login(grant.user)
    return Agent(grant.user, actor_of(grant), client)


@pytest.fixture
def point(db):
    return f.ServicePointFactory()


@pytest.fixture
def agent(point) -> Agent:
    return sign_in(service_point=point)


@pytest.fixture
def file(agent: Agent, point) -> File:
    """An active file of the agent's, of somebody alone in their household."""
    made = f.FileFactory(agent=agent.user, service_point=point)
    f.MemberFactory(person=made.person)
    f.PersonStatusFactory(person=made.person)
    return made
