"""Who keeps the records of an organisation: the advisors of its region, and its own people."""

from collections.abc import Collection

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.models import Organisation


def keeps_own(actor: Actor, organisation_ids: Collection[int]) -> bool:
    """Say whether `actor` keeps these organisations' records as one of their people: there is only one, their own."""
    return actor.may(Right.KEEP_OWN_ORGANISATION) and set(organisation_ids) <= {actor.scope_id}


def require_keeper(actor: Actor, organisation_ids: Collection[int]) -> None:
    """Raise `NotAllowed` unless `actor` keeps the records of all these organisations."""
    if not keeps_own(actor, organisation_ids):
        require_advisor(actor, organisation_ids)


def require_advisor(actor: Actor, organisation_ids: Collection[int]) -> None:
    """Raise `NotAllowed` unless `actor` keeps the directory of all these organisations' regions."""
    require(actor, Right.MANAGE_DIRECTORY)
    regions = Organisation.objects.filter(pk__in=set(organisation_ids)).values_list("region_id", flat=True)
    for region_id in set(regions):
        require(actor, Right.MANAGE_DIRECTORY, region_id=region_id)
