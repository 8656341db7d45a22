"""Temporary closures: a service is closed on its day, and offered again by itself the day after the last."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.enums import Closure, ClosureStage
from arrimage.directory.keepers import require_keeper
from arrimage.directory.models import Service, ServiceClosure
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, lock
from arrimage.foundation.errors import Conflict, InvalidInput

CLOSED = {"is_offered": False, "closure": Closure.TEMPORARY}
OFFERED = {"is_offered": True, "closure": ""}


@action
def close_service(
    actor: Actor, service: Service, *, starts_on: date, ends_on: date, reason: str, advice: str = ""
) -> ServiceClosure:
    """Close a service from one day to another, both included, now or later. Referrals sent before go on as they are.

    Raises `InvalidInput` for days that are past or out of order, `Conflict` when it is not offered or has a closure.
    """
    require_keeper(actor, {service.organisation_id})
    if ends_on < starts_on:
        raise InvalidInput(_("La fermeture ne peut pas finir avant de commencer."), field="ends_on")
    if ends_on < clock.today():
        raise InvalidInput(_("Cette date est passée."), field="ends_on")
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi : cette raison est montrée à tout le monde."), field="reason")
    if not lock(Service, [service.pk])[service.pk].is_offered:
        raise Conflict(_("Ce service n’est pas offert en ce moment."))
    try:
        with transaction.atomic():
            closure = ServiceClosure.objects.create(
                service=service, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), advice=advice.strip()
            )
    except IntegrityError as error:
        raise Conflict(_("Une fermeture de ce service est déjà prévue ou en cours.")) from error
    if starts_on <= clock.today():
        _begin([closure])
    return closure


@action
def reopen_service(actor: Actor, service: Service) -> None:
    """End the closure of a service today, or give up the one that is planned. Done twice, it changes nothing more."""
    require_keeper(actor, {service.organisation_id})
    _end(list(live_closures().filter(service=service).select_for_update(of=("self",))))


@action
def follow_closures(actor: Actor) -> None:
    """Close what closes today and offer again what was closed until yesterday. Done twice, it does it once."""
    require(actor, Right.MANAGE_DIRECTORY)
    today = clock.today()
    live = live_closures().select_for_update(of=("self",), skip_locked=True).order_by("pk")
    _begin(list(live.filter(stage=ClosureStage.PLANNED, starts_on__lte=today)))
    _end(list(live.filter(stage=ClosureStage.UNDER_WAY, ends_on__lt=today)))


def live_closures() -> QuerySet[ServiceClosure]:
    """Return the closures planned or under way: one a service at most."""
    return ServiceClosure.objects.exclude(stage=ClosureStage.OVER)


def closure_shown(service: Service) -> ServiceClosure | None:
    """Return the closure under way that says until when a service is closed, if there is one."""
    if service.closure != Closure.TEMPORARY:
        return None
    return service.closures.filter(stage=ClosureStage.UNDER_WAY).first()


def _begin(closures: Sequence[ServiceClosure]) -> None:
    """Close the services; one that is no longer offered by then is not closed once more."""
    services = lock(Service, [closure.service_id for closure in closures])
    for closure in closures:
        offered = services[closure.service_id].is_offered
        closure.stage = ClosureStage.UNDER_WAY if offered else ClosureStage.OVER
        closure.ended_on = None if offered else clock.today()
        closure.save(update_fields=["stage", "ended_on"])
    apply_changes(Service, [Change(service, CLOSED) for service in services.values() if service.is_offered])


def _end(closures: Sequence[ServiceClosure]) -> None:
    """End closures, and offer the services again, unless they were closed for good meanwhile."""
    under_way = [closure.service_id for closure in closures if closure.stage == ClosureStage.UNDER_WAY]
    for closure in closures:
        closure.stage, closure.ended_on = ClosureStage.OVER, clock.today()
        closure.save(update_fields=["stage", "ended_on"])
    services = lock(Service, under_way).values()
    closed = [service for service in services if service.closure == Closure.TEMPORARY]
    apply_changes(Service, [Change(service, OFFERED) for service in closed])
