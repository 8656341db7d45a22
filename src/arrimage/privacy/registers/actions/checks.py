"""What the actions of the registers check alike."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to


def require_privacy(actor: Actor, region_ids: Iterable[int | None]) -> None:
    """Raise `NotAllowed` unless `actor` protects the information of all these regions; what has none is anybody's."""
    require(actor, Right.MANAGE_PRIVACY)
    for region_id in set(region_ids):
        require(actor, Right.MANAGE_PRIVACY, region_id=region_id)


def require_persons(actor: Actor, persons: Iterable[Person]) -> None:
    """Raise `NotAllowed` when `actor` may not name one of these persons."""
    keys = {person.pk for person in persons}
    if keys and persons_visible_to(actor).filter(pk__in=keys).count() != len(keys):
        raise NotAllowed(_("Une de ces personnes n’est pas de votre ressort."))


def said(text: str, field: str, sentence: str) -> str:
    """Return a text without its outer spaces; raise `InvalidInput(field)` with `sentence` when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise InvalidInput(sentence, field=field)
    return stripped


def not_later(day: date | None, field: str) -> None:
    """Raise `InvalidInput(field)` for a day that has not come yet."""
    if day is not None and day > clock.today():
        raise InvalidInput(_("Cette date n’est pas encore venue."), field=field)
