"""Local actions, done with partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.agreements.actions.agreements import BATCH, require_agreements
from arrimage.agreements.enums import LOCAL_ACTION_TRANSITIONS, LocalActionStatus
from arrimage.agreements.models import LocalAction
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, copy_with, lock, relink
from arrimage.foundation.errors import Conflict, InvalidInput


@dataclass(frozen=True)
class NewLocalAction:
    """A local action, not saved, and its partners, if the directorate did not act alone."""

    action: LocalAction
    partners: Sequence[Organisation]


@dataclass(frozen=True)
class LocalActionChange(Change[LocalAction]):
    """The fields to set on a local action, and its partners when they are given."""

    partners: Sequence[Organisation] | None = None


@dataclass(frozen=True)
class CarriedOut:
    """A local action that took place, with how many people, where it is known."""

    action: LocalAction
    participants: int | None = None


@action
def plan_local_actions(actor: Actor, items: Sequence[NewLocalAction]) -> list[LocalAction]:
    """Save new local actions with their partners; one that already took place may come carried out."""
    require_agreements(actor, [item.action.region_id for item in items])
    for item in items:
        _check(item.action)
    try:
        with transaction.atomic():
            actions = LocalAction.objects.bulk_create([item.action for item in items], batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Une action de ce titre est déjà inscrite à cette date.")) from error
    _set_partners({item.action.pk: item.partners for item in items})
    return actions


@action
def edit_local_actions(actor: Actor, changes: Sequence[LocalActionChange]) -> list[LocalAction]:
    """Change local actions and return those that became different; states follow the table of transitions."""
    require_agreements(actor, [change.record.region_id for change in changes])
    locked = lock(LocalAction, [change.record.pk for change in changes])
    for change in changes:
        record = locked[change.record.pk]
        wanted = copy_with(record, change.values)
        if wanted.status != record.status:
            LOCAL_ACTION_TRANSITIONS.check(record.status, wanted.status)
        _check(wanted)
    try:
        with transaction.atomic():
            changed = {action.pk: action for action in apply_changes(LocalAction, changes)}
    except IntegrityError as error:
        raise Conflict(_("Une action de ce titre est déjà inscrite à cette date.")) from error
    relinked = _set_partners({change.record.pk: change.partners for change in changes if change.partners is not None})
    for change in changes:
        if change.record.pk in relinked:
            changed.setdefault(change.record.pk, change.record)
    return list(changed.values())


def carry_out_local_actions(actor: Actor, items: Sequence[CarriedOut]) -> list[LocalAction]:
    """Record that planned local actions took place. Raises `InvalidInput` for one whose date is to come."""
    return edit_local_actions(
        actor,
        [
            LocalActionChange(
                item.action,
                {"status": LocalActionStatus.CARRIED_OUT}
                | ({"participants": item.participants} if item.participants is not None else {}),
            )
            for item in items
        ],
    )


def cancel_local_actions(actor: Actor, actions: Sequence[LocalAction]) -> list[LocalAction]:
    """Record that local actions will not, or did not, take place."""
    return edit_local_actions(
        actor, [LocalActionChange(action, {"status": LocalActionStatus.CANCELLED}) for action in actions]
    )


def plan_again_local_actions(actor: Actor, actions: Sequence[LocalAction], on: date) -> list[LocalAction]:
    """Give cancelled local actions another date."""
    values = {"status": LocalActionStatus.PLANNED, "happens_on": on}
    return edit_local_actions(actor, [LocalActionChange(action, values) for action in actions])


def _check(action: LocalAction) -> None:
    if not action.title.strip():
        raise InvalidInput(_("Donnez un titre à l’action."), field="title")
    if action.status == LocalActionStatus.CARRIED_OUT and action.happens_on > clock.today():
        raise InvalidInput(_("Cette action est à venir : elle ne peut pas être déjà réalisée."), field="status")


def _set_partners(partners: dict[int, Sequence[Organisation]]) -> set[int]:
    """Give local actions (by key) these partners, and return the keys of those whose partners changed."""
    wanted = {key: [partner.pk for partner in found] for key, found in partners.items()}
    return relink(LocalAction.partners.through, "localaction", "organisation", wanted)
