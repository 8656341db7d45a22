"""Merging two records of one person, and undoing it. The record that goes stays as it was, but for its rows."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.people.actions.refusals import refused_in_words
from arrimage.people.merging.moving import come_back, follow
from arrimage.people.merging.queries import merges_visible_to, merging_persons_visible_to
from arrimage.people.merging.registry import moved_tables, reasons_not_to
from arrimage.people.merging.rules import ABSORBED, FIELDS, NAME, SIDES, SURVIVOR, column, undone_until
from arrimage.people.models import Person, PersonMerge, PersonName


@action
def merge_persons(
    actor: Actor,
    survivor: Person,
    absorbed: Person,
    *,
    versions: tuple[int, int],
    chosen: Mapping[str, str],
    reason: str,
) -> PersonMerge:
    """Make two records one: `survivor` takes the chosen fields and all that hangs on `absorbed`, which leads to it.

    `versions` are those that were read; `chosen` names a side (`survivor`, `absorbed`) by field of `FIELDS`, the
    survivor's where it is silent. Raises `Conflict` when a record changed or was merged, `InvalidInput` without a
    reason or when something stands in the way.
    """
    require(actor, Right.SETTLE_DUPLICATES)
    if survivor.pk == absorbed.pk:
        raise InvalidInput(_("Choisissez deux fiches différentes."))
    if not reason.strip():
        raise InvalidInput(_("Dites à quoi vous voyez que c’est la même personne."), field="reason")
    if not (chosen.keys() <= FIELDS.keys() and set(chosen.values()) <= set(SIDES)):
        raise InvalidInput(_("Choisissez, pour chaque champ, une des deux fiches."))
    if merging_persons_visible_to(actor).filter(pk__in=[survivor.pk, absorbed.pk]).count() < 2:
        raise NotAllowed(_("Une de ces personnes n’est pas de votre région."))
    with elevated():  # what hangs on them may be another region's: it follows all the same
        locked = lock(Person, [survivor.pk, absorbed.pk])
        kept, gone = locked[survivor.pk], locked[absorbed.pk]
        _check_read(kept, gone, versions)
        if reasons := reasons_not_to(kept, gone):
            raise InvalidInput(" ".join(reasons))
        return _merge(actor, kept, gone, chosen, reason.strip())


def _check_read(kept: Person, gone: Person, versions: tuple[int, int]) -> None:
    if kept.merged_into_id or gone.merged_into_id:
        raise Conflict(_("Une de ces fiches vient d’être fusionnée. Relisez la liste avant de recommencer."))
    if (kept.version, gone.version) != versions:
        raise Conflict(_("Une de ces fiches a été modifiée entre-temps. Comparez-les de nouveau avant de fusionner."))


def _merge(actor: Actor, kept: Person, gone: Person, chosen: Mapping[str, str], reason: str) -> PersonMerge:
    merge = PersonMerge.objects.create(
        survivor=kept,
        absorbed=gone,
        region_id=kept.region_id,
        merged_by_id=actor.user_id,
        reason=reason,
        chosen=dict(chosen),
    )
    before: dict[str, Any] = {SURVIVOR: _own_fields(kept), ABSORBED: _own_fields(gone)}
    before["tables"] = {table.model_label: done for table in moved_tables() if (done := follow(table, gone, kept))}
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    former = [_name_of(kept), _name_of(gone)]
    for name, side in chosen.items():
        if side == ABSORBED:
            for each in FIELDS[name]:
                setattr(kept, each, getattr(gone, each))
    if not kept.full_name:
        raise InvalidInput(_("Gardez au moins un prénom ou un nom de famille."), field="family_name")
    before["written"] = _own_fields(kept)
    before["names"] = _keep_names(kept, former)
    with refused_in_words():
        kept.save()
    merge.before = before
    merge.save()
    return merge


def _own_fields(person: Person) -> dict[str, Any]:
    return {each: getattr(person, each) for columns in FIELDS.values() for each in columns}


def _name_of(person: Person) -> dict[str, str]:
    return {field: getattr(person, field) for field in NAME} | {"kind": person.name_kind}


def _keep_names(kept: Person, former: list[dict[str, str]]) -> list[int]:
    """Write among the other names those that were in use and no longer are: who is sought by them is still found."""
    added = []
    for name in former:
        written = {field: name[field] for field in NAME}
        if written == {field: getattr(kept, field) for field in NAME} or kept.names.filter(**written).exists():
            continue
        added.append(PersonName.objects.create(person=kept, **name).pk)
    return added


@action
def undo_merge(actor: Actor, merge: PersonMerge) -> PersonMerge:
    """Make a merge two records again; what was added or edited on the survivor since stays there (`undoing` says it).

    Raises `Conflict` when it is undone already, `InvalidInput` after the last day or when a later merge hides it.
    """
    require(actor, Right.SETTLE_DUPLICATES)
    if not merges_visible_to(actor).filter(pk=merge.pk).exists():
        raise NotAllowed(_("Cette fusion n’est pas de votre région."))
    with elevated():
        locked = lock(PersonMerge, [merge.pk])[merge.pk]
        if locked.undone_at is not None:
            raise Conflict(_("Cette fusion est déjà annulée."))
        if clock.today() > undone_until(locked.merged_at):
            raise InvalidInput(_("Le délai pour annuler cette fusion est passé."))
        persons = lock(Person, [locked.survivor_id, locked.absorbed_id])
        kept, gone = persons[locked.survivor_id], persons[locked.absorbed_id]
        if kept.merged_into_id is not None:
            raise InvalidInput(
                _("La fiche gardée a été fusionnée depuis avec une autre : annulez d’abord cette fusion.")
            )
        _undo(locked, kept, gone)
        locked.undone_at, locked.undone_by_id = clock.now(), actor.user_id
        locked.save()
        return locked


def _undo(merge: PersonMerge, kept: Person, gone: Person) -> None:
    before = merge.before
    rows: dict[str, tuple[int, int]] = {}
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    for table in moved_tables():
        if done := before["tables"].get(table.model_label):
            rows[table.model_label] = come_back(table, done, kept, gone)
    # A name that somebody touched since is theirs, and stays.
    PersonName.objects.filter(pk__in=before["names"], person=kept, version=1).delete()
    stayed = []
    for name, columns in FIELDS.items():
        now = [column(each).value_to_string(kept) for each in columns]
        written, former = ([_as_text(before[side][each]) for each in columns] for side in ("written", SURVIVOR))
        if now == written:
            for each in columns:
                setattr(kept, each, column(each).to_python(before[SURVIVOR][each]))
        elif now != former:
            stayed.append(name)
    with refused_in_words():
        kept.save()
        gone.save()  # its search key, with the names that came back
    merge.undoing = {"rows": rows, "stayed": stayed}


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)
