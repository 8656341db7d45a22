"""Writes of the directory. Each takes the actor first, checks their rights and is one transaction; each takes lists."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.enums import OrganisationKind
from arrimage.directory.models import Organisation, Service, Theme
from arrimage.directory.where import NOWHERE, Where, place_services
from arrimage.foundation.changes import Change, apply_changes, copy_with, relink
from arrimage.foundation.errors import Conflict, InvalidInput

BATCH = 1_000


@dataclass(frozen=True)
class NewService:
    """A service, not saved, the themes it answers (at least one: a service without a theme is never found), where."""

    service: Service
    themes: Sequence[Theme]
    where: Where = NOWHERE


@dataclass(frozen=True)
class ServiceChange(Change[Service]):
    """The fields to set on a service; its themes, and where it is, when they are given."""

    themes: Sequence[Theme] | None = None
    where: Where | None = None


@action
def create_organisations(actor: Actor, organisations: Sequence[Organisation]) -> list[Organisation]:
    """Save new organisations. Raises `Conflict` when one of that name exists in the region."""
    _require(actor, {organisation.region_id for organisation in organisations})
    for organisation in organisations:
        check_organisation(organisation)
    try:
        with transaction.atomic():
            return Organisation.objects.bulk_create(organisations, batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Un organisme de ce nom existe déjà dans la région.")) from error


@action
def edit_organisations(actor: Actor, changes: Sequence[Change[Organisation]]) -> list[Organisation]:
    """Change organisations and return those that became different. Their region never changes."""
    _require(actor, {change.record.region_id for change in changes})
    _refuse(changes, "region")
    for change in changes:
        check_organisation(copy_with(change.record, change.values))
    try:
        with transaction.atomic():
            return apply_changes(Organisation, changes)
    except IntegrityError as error:
        raise Conflict(_("Un organisme de ce nom existe déjà dans la région.")) from error


@action
def create_services(actor: Actor, items: Sequence[NewService]) -> list[Service]:
    """Save new services with their themes. Raises `Conflict` when the organisation has one of that name."""
    _require(actor, _regions_of([item.service.organisation_id for item in items]))
    for item in items:
        check_service(item.service)
        check_themes(item.themes)
    try:
        with transaction.atomic():
            services = Service.objects.bulk_create([item.service for item in items], batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Cet organisme a déjà un service de ce nom.")) from error
    _set_themes({item.service.pk: item.themes for item in items})
    place_services({item.service.pk: item.where for item in items})
    return services


@action
def edit_services(actor: Actor, changes: Sequence[ServiceChange]) -> list[Service]:
    """Change services and their themes, and return those that became different. Their organisation never changes."""
    _require(actor, _regions_of([change.record.organisation_id for change in changes]))
    _refuse(changes, "organisation")
    for change in changes:
        check_service(copy_with(change.record, change.values))
        if change.themes is not None:
            check_themes(change.themes)
    try:
        with transaction.atomic():
            changed = {service.pk: service for service in apply_changes(Service, changes)}
    except IntegrityError as error:
        raise Conflict(_("Cet organisme a déjà un service de ce nom.")) from error
    relinked = _set_themes({change.record.pk: change.themes for change in changes if change.themes is not None})
    relinked |= place_services({change.record.pk: change.where for change in changes if change.where is not None})
    for change in changes:
        if change.record.pk in relinked:
            changed.setdefault(change.record.pk, change.record)
    return list(changed.values())


def _set_themes(themes: dict[int, Sequence[Theme]]) -> set[int]:
    """Give services (by key) these themes, and return the keys of those whose themes changed."""
    wanted = {key: [theme.pk for theme in found] for key, found in themes.items()}
    return relink(Service.themes.through, "service", "theme", wanted)


def _require(actor: Actor, region_ids: Collection[int]) -> None:
    require(actor, Right.MANAGE_DIRECTORY)
    for region_id in region_ids:
        require(actor, Right.MANAGE_DIRECTORY, region_id=region_id)


def _regions_of(organisation_ids: Sequence[int]) -> set[int]:
    return set(Organisation.objects.filter(pk__in=organisation_ids).values_list("region_id", flat=True))


def _refuse(changes: Sequence[Change[Any]], field: str) -> None:
    for change in changes:
        if field in change.values and change.values[field] != getattr(change.record, field):
            raise InvalidInput(_("Ce champ ne change pas : créez une nouvelle fiche."), field=field)


def check_organisation(organisation: Organisation) -> None:
    """Raise `InvalidInput`, with the field, unless this organisation may be saved."""
    if not organisation.name.strip():
        raise InvalidInput(_("Donnez un nom à l’organisme."), field="name")
    if organisation.neq and not re.fullmatch(r"[0-9]{10}", organisation.neq):
        raise InvalidInput(_("Le NEQ a exactement 10 chiffres."), field="neq")
    is_municipality = organisation.kind == OrganisationKind.MUNICIPALITY
    if is_municipality and organisation.municipality_id is None:
        raise InvalidInput(
            _("Choisissez la ville ou l’arrondissement que cette municipalité gouverne."), field="municipality"
        )
    if not is_municipality and organisation.municipality_id is not None:
        raise InvalidInput(
            _("Seule une municipalité gouverne un territoire : laissez ce champ vide."), field="municipality"
        )


def check_service(service: Service) -> None:
    """Raise `InvalidInput`, with the field, unless this service may be saved."""
    if not service.name.strip():
        raise InvalidInput(_("Donnez un nom au service."), field="name")
    if not service.languages:
        raise InvalidInput(_("Indiquez au moins une langue."), field="languages")
    if service.is_offered and service.closure:
        raise InvalidInput(_("Un service offert n’est pas fermé : choisissez l’un ou l’autre."), field="closure")
    youngest, oldest = service.minimum_age, service.maximum_age
    if youngest is not None and oldest is not None and oldest < youngest:
        raise InvalidInput(_("L’âge maximal ne peut pas être sous l’âge minimal."), field="maximum_age")


def check_themes(themes: Sequence[Theme]) -> None:
    """Raise `InvalidInput` unless a service answers some need."""
    if not themes:
        raise InvalidInput(
            _("Choisissez au moins un thème : un service sans thème n’est jamais proposé."), field="themes"
        )
