"""For whom, and where, figures are computed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation.errors import InvalidInput
from arrimage.territory.models import Region


def region_for(actor: Actor, right: Right, code: str | None = None) -> Region:
    """Return the region `actor` asks for: their own, unless they act for the whole of Québec.

    Raises `InvalidInput` when no region has this code (or none is given by somebody who has none), `NotAllowed` when
    the actor does not hold `right` there.
    """
    code = code or actor.region_code
    if code is None:
        raise InvalidInput(_("Indiquez la région."), field="region")
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise InvalidInput(
            _("La région « %(code)s » n’existe pas. Les régions du Québec vont de 01 à 17.") % {"code": code},
            field="region",
        )
    require(actor, right, region_id=region.pk)
    return region


def regions_for(actor: Actor) -> list[Region]:
    """Return the regions `actor` may choose among: every one for province-wide roles, else their own."""
    regions = Region.objects.all()
    return list(regions if actor.region_id is None else regions.filter(pk=actor.region_id))


@contextmanager
def over_all_records(actor: Actor) -> Iterator[None]:
    """Count and list records `actor` may not open, for figures they have the right to; nobody is named in them.

    The right is checked before.
    """
    with acting_as(actor), elevated():
        yield


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is at one moment, so that figures read one after the other agree with each other.

    Within a transaction already begun, it is that transaction's affair.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield
