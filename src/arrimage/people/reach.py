"""Whom somebody accompanies. The room of files, which stands above this one, says it when Django starts."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation.errors import NotAllowed
from arrimage.people.models import Person

Accompanied = Callable[[Actor], "QuerySet[Any, Any]"]
_said: list[Accompanied] = []


def declare(accompanied: Accompanied) -> None:
    """Say how to find the keys of the persons whose files an actor may open."""
    _said[:] = [accompanied]


def persons_accompanied_by(actor: Actor) -> QuerySet[Person]:
    """Return the persons whose files `actor`, who accompanies, may open; nobody for anybody else."""
    if not actor.may(Right.ACCOMPANY):
        return Person.objects.none()
    return Person.objects.filter(pk__in=_said[0](actor))


def require_accompanied(actor: Actor, persons: Iterable[int]) -> None:
    """Raise `NotAllowed` unless `actor` accompanies all these persons (keys)."""
    require(actor, Right.ACCOMPANY)
    keys = set(persons)
    if persons_accompanied_by(actor).filter(pk__in=keys).count() != len(keys):
        raise NotAllowed(_("Cette personne n’est pas parmi celles que vous accompagnez."))
