"""Making one service of two that were written twice: what is kept of each, what follows, and what is written down."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Func, Value
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, action, elevated
from arrimage.accounts.rights import Actor
from arrimage.directory.keepers import require_advisor
from arrimage.directory.models import (
    CostOption,
    EligibilityRule,
    SavedSearch,
    SearchAlert,
    Service,
    ServiceJoining,
    Translation,
)
from arrimage.directory.places.locking import lock_places
from arrimage.directory.upkeep.joining_parts import parts_follow
from arrimage.directory.upkeep.joining_tables import moved_tables, reasons_not_to
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import Conflict, InvalidInput

# What is chosen together: a text goes with the conditions or the amounts that it says in words.
FIELDS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("name", "alternate_name", "description", "languages", "interpretation_services")},
    **{name: (name,) for name in ("modes", "referrers", "url", "email", "contact_email", "delay_days")},
    "offered": ("is_offered", "closure"),
    "application_process": ("application_process",),
    "fees": ("fees_description",),
    "eligibility": ("eligibility_description", "minimum_age", "maximum_age"),
    **{name: (name,) for name in ("accreditations", "alert")},
    "assured": ("assured_date", "assurer_email"),
}
_PARTS_OF: Mapping[str, type[CostOption | EligibilityRule]] = {"fees": CostOption, "eligibility": EligibilityRule}


def parts_of(service: Service, name: str) -> list[CostOption | EligibilityRule]:
    """Return the conditions or the amounts that are chosen with a field."""
    return list(_PARTS_OF[name].objects.filter(service=service)) if name in _PARTS_OF else []


def values_of(service: Service, name: str) -> tuple[Any, ...]:
    """Return what a service says for one field."""
    return tuple(getattr(service, column) for column in FIELDS[name])


def service_fields(service: Service) -> dict[str, Any]:
    """Return all that may be chosen of a service, by column."""
    return {column: getattr(service, column) for columns in FIELDS.values() for column in columns}


@action
def join_services(
    actor: Actor, kept: Service, gone: Service, *, versions: tuple[int, int], taken: Collection[str], reason: str
) -> ServiceJoining:
    """Make two services one: `kept` takes from `gone` the fields named by `taken` (of `FIELDS`), and what hangs on it.

    `versions` are those that were read, of the one kept and of the one that goes. Its address leads to the one kept.
    Raises `Conflict` when one changed or is joined already, `InvalidInput` without a reason or when something stands
    in the way.
    """
    require_advisor(actor, {kept.organisation_id, gone.organisation_id})
    if kept.pk == gone.pk or not set(taken) <= FIELDS.keys():
        raise InvalidInput(_("Choisissez deux services, et une des deux fiches pour chaque champ."))
    if not reason.strip():
        raise InvalidInput(_("Dites à quoi vous voyez que c’est le même service."), field="reason")
    # What hangs on them is others' too (referrals, agreements): it follows all the same.
    with acting_as(actor, reason=reason.strip()), elevated():
        kept, gone = _locked(kept, gone, versions)
        if reasons := reasons_not_to(kept, gone):
            raise InvalidInput(" ".join(reasons))
        return _join(actor, kept, gone, sorted(taken), reason.strip())


def _locked(kept: Service, gone: Service, versions: tuple[int, int]) -> tuple[Service, Service]:
    """Return both, locked, after what moves and the places, in the order in which whoever answers referrals locks."""
    for table in moved_tables():
        rows = table.model._base_manager.select_for_update(of=("self",)).filter(**{table.column: gone})
        list(rows.order_by("pk").values_list("pk"))
    lock_places([kept.pk, gone.pk])
    locked = lock(Service, [kept.pk, gone.pk])
    if len(locked) < 2:
        raise Conflict(_("Ces deux services viennent d’être joints."))
    if (locked[kept.pk].version, locked[gone.pk].version) != versions:
        raise Conflict(_("Un de ces services a été modifié entre-temps. Comparez-les de nouveau avant de les joindre."))
    return locked[kept.pk], locked[gone.pk]


def _join(actor: Actor, kept: Service, gone: Service, taken: list[str], reason: str) -> ServiceJoining:
    before = {"kept": service_fields(kept), "gone": service_fields(gone)}
    moved = {table.model_label: _follow(table.model, table.column, kept, gone) for table in moved_tables()}
    for name in _PARTS_OF.keys() & set(taken):
        _PARTS_OF[name].objects.filter(service=kept).delete()
        moved[_PARTS_OF[name]._meta.label] = _follow(_PARTS_OF[name], "service", kept, gone)
    moved |= parts_follow(actor, kept, gone, reason)
    kept.themes.add(*gone.themes.all())
    columns = [column for name in taken for column in FIELDS[name]]
    translations = list(Translation.objects.filter(service=gone, field__in=columns))
    uid, name = gone.uid, gone.name
    _known_by_searches(kept, gone)
    gone.delete()  # before the one that stays takes its name
    for column in columns:
        setattr(kept, column, before["gone"][column])
    kept.save()
    _translate(kept, columns, translations)
    return ServiceJoining.objects.create(
        kept=kept,
        gone=uid,
        gone_name=name,
        joined_by=actor.name,
        reason=reason,
        chosen=taken,
        before=before,
        moved={label: keys for label, keys in moved.items() if keys},
    )


def _follow(model: Any, column: str, kept: Service, gone: Service) -> list[int]:
    """Make the rows of a table name the service that stays; return their keys."""
    rows = model._base_manager.filter(**{column: gone})
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(**{column: kept})
    return keys


def _translate(kept: Service, columns: Collection[str], translations: Collection[Translation]) -> None:
    """Give the texts that were taken their translations. Written after the texts: they are of these, not stale."""
    Translation.objects.filter(service=kept, field__in=columns).delete()
    for each in translations:
        each.pk, each.service = None, kept
    Translation.objects.bulk_create(translations)


def _known_by_searches(kept: Service, gone: Service) -> None:
    """Have saved searches know the one that stays where they knew the other: it is not new to who was told of it."""
    for model, column in ((SavedSearch, "known"), (SearchAlert, "services")):
        replaced = Func(column, Value(gone.pk), Value(kept.pk), function="array_replace")
        model.objects.filter(**{f"{column}__contains": [gone.pk]}).update(**{column: replaced})


def joined_into(uid: Any) -> Service | None:
    """Return the service that stayed when the one of this uid was joined to it; None when none was."""
    joining = ServiceJoining.objects.filter(gone=uid).select_related("kept").first()
    return joining.kept if joining else None
