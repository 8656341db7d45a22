"""Who may name whom."""

from django.db.models import QuerySet

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.people.models import Person


def persons_visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the persons `actor` may name.

    Those their region recorded for who receives, accompanies or protects; themselves for a newcomer. What accompanies
    a person (file, needs, plan) is another matter: `casework.queries`.
    """
    persons = Person.objects.all()
    if any(actor.may(right) for right in (Right.ACCOMPANY, Right.RECEIVE_ARRIVALS, Right.MANAGE_PRIVACY)):
        return persons if actor.region_id is None else persons.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER and actor.scope_id is not None:
        return persons.filter(pk=actor.scope_id)
    return persons.none()
