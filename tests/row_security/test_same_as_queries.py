"""Whoever acts, the database shows exactly the rows that the queries give: two walls, one border."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from arrimage.accounts.context import Context
from arrimage.accounts.models import live_grants
from arrimage.accounts.rights import Actor, actor_of
from arrimage.casework import queries as casework
from arrimage.casework.team import transfers_visible_to
from arrimage.employers.queries import accompaniments_visible_to, employers_visible_to
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to
from arrimage.reception import queries as reception
from arrimage.reporting.queries import texts_visible_to
from arrimage.scheduling.queries import appointments_visible_to
from tests import roles
from tests.permissions.world import World, build

Query = Callable[[Actor], QuerySet[Any]]


def _persons_and_what_leads_to_them(actor: Actor) -> QuerySet[Any]:
    """The records merged into a person's, which no list names, lead to it."""
    shown = persons_visible_to(actor)
    return Person.objects.filter(Q(pk__in=shown.values("pk")) | Q(merged_into__in=shown.values("pk")))


SAME: dict[str, Query] = {
    "casework_file": lambda actor: casework.files_visible_to(actor) | reception.files_received(actor),
    "casework_assessment": casework.assessments_visible_to,
    "casework_need": casework.needs_visible_to,
    "casework_note": casework.notes_visible_to,
    "casework_plan": casework.plans_visible_to,
    "casework_step": casework.steps_visible_to,
    "casework_followup": casework.follow_ups_visible_to,
    "casework_plannedcontact": casework.planned_contacts_visible_to,
    "casework_milestonecontact": casework.milestones_visible_to,
    "casework_transfer": transfers_visible_to,
    "casework_referral": casework.referrals_visible_to,
    "casework_referralmessage": casework.messages_visible_to,
    "casework_sharedanswerreview": casework.reviews_visible_to,
    "casework_dateproposal": casework.proposals_visible_to,
    "employers_employer": employers_visible_to,
    "employers_accompaniment": accompaniments_visible_to,
    "people_person": _persons_and_what_leads_to_them,
    "reception_arrival": reception.arrivals_visible_to,
    "reception_flight": reception.flights_visible_to,
    "reception_manifest": reception.manifests_visible_to,
    "reception_party": reception.parties_visible_to,
    "reporting_bilantext": texts_visible_to,
    "scheduling_appointment": appointments_visible_to,
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        roles.become_web_role(for_transaction=True)
        roles.act_as_tests()
        yield build()
        transaction.set_rollback(True)


def actors(world: World) -> dict[str, Actor]:
    return {key: actor_of(live_grants(user, clock.today())[0]) for key, user in world.users.items()}


@pytest.mark.parametrize("table", SAME)
@pytest.mark.django_db
def test_the_rows_are_those_of_the_queries(table: str, world: World) -> None:
    shown_to_somebody = False
    for key, actor in actors(world).items():
        expected = set(SAME[table](actor).values_list("pk", flat=True))
        assert rows_under(actor, table) == expected, key
        shown_to_somebody = shown_to_somebody or bool(expected)
    assert shown_to_somebody, "nobody sees any: this says nothing"


def rows_under(actor: Actor, table: str) -> set[int]:
    """Return the keys that raw SQL gives the web's role in the context of `actor`."""
    with transaction.atomic():
        roles.say(Context(actor).settings())
        with connection.cursor() as cursor:
            cursor.execute(f'select id from "{table}"')
            found = {pk for (pk,) in cursor.fetchall()}
        roles.act_as_tests()
    return found
