"""Writes of the parts of the directory: hours, costs, rules, contacts… Each belongs to a service or what it has."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.directory.keepers import keeps_own, require_advisor, require_keeper
from arrimage.directory.models import Address, Location, Service, ServiceAtLocation
from arrimage.directory.models.parts import Part
from arrimage.directory.upkeep.moderated import IMMEDIATE_PARTS
from arrimage.foundation.changes import Change, apply_changes, copy_with
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.models import Record

P = TypeVar("P", bound=Part)
BATCH = 1_000


@action
def add_parts(actor: Actor, parts: Sequence[Part]) -> None:
    """Save new parts, of any kinds, in the order given for each kind. Raises `InvalidInput`, with the field."""
    _require(actor, parts)
    for part in parts:
        _check(part)
    for model, group in groupby(parts, _model):
        with transaction.atomic():
            model._default_manager.bulk_create(list(group), batch_size=BATCH)


@action
def edit_parts(actor: Actor, model: type[P], changes: Sequence[Change[P]]) -> list[P]:
    """Change parts of one kind and return those that became different. What they belong to never changes."""
    _require(actor, [change.record for change in changes])
    for change in changes:
        if change.values.keys() & set(model.owners):
            raise InvalidInput(_("Ce champ ne change pas : créez une nouvelle fiche."))
        _check(copy_with(change.record, change.values))
    return apply_changes(model, changes)


@action
def offer_at(actor: Actor, service: Service, location: Location, address: Address | None) -> ServiceAtLocation:
    """Offer a service at a new location of its organisation, with its address if it has one."""
    location.organisation = service.organisation
    _check(location)
    with transaction.atomic():
        location.save()
        here = ServiceAtLocation(service=service, location=location)
        if address is not None:
            address.location = location
        add_parts(actor, [part for part in (here, address) if part is not None])
    return here


@action
def edit_location(actor: Actor, change: Change[Location], address: dict[str, Any]) -> None:
    """Change a location and its first address, removed when its line is empty. Other services there move with it."""
    location = change.record
    require_keeper(actor, {location.organisation_id})
    _check(copy_with(location, change.values))
    apply_changes(Location, [change])
    first = next(iter(location.addresses.all()), None)
    if first is None and address["address_1"]:
        add_parts(actor, [Address(location=location, **address)])
    elif first is not None and address["address_1"]:
        edit_parts(actor, Address, [Change(first, address)])
    elif first is not None:
        remove_parts(actor, [first])


@action
def remove_parts(actor: Actor, parts: Sequence[Part]) -> None:
    """Delete parts, of any kinds; the history keeps what they said."""
    _require(actor, parts)
    for model, group in groupby(parts, _model):
        model._default_manager.filter(pk__in=[part.pk for part in group]).delete()


def _require(actor: Actor, parts: Collection[Part]) -> None:
    """Raise `NotAllowed` unless `actor` keeps these parts; an organisation, only those that take effect at once."""
    keepers = {part.keeper_id for part in parts}
    if keeps_own(actor, keepers) and {type(part) for part in parts} <= IMMEDIATE_PARTS:
        return
    require_advisor(actor, keepers)


def _check(part: Record) -> None:
    """Raise `InvalidInput` for a field the database would refuse, or that its own checks do."""
    try:
        part.clean_fields(exclude=_relations(part))
        part.validate_constraints(exclude=_relations(part))
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise InvalidInput(" ".join(messages), field=None if field == "__all__" else field) from error


def _model(part: Part) -> type[Part]:
    return type(part)


def _relations(part: Any) -> set[str]:
    return {field.name for field in part._meta.fields if field.is_relation}
