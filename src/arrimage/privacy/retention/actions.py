"""Changing a rule; preparing, approving, giving up a destruction. Carrying it out is the owner's (`purging`)."""

from dataclasses import dataclass
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.privacy.retention.enums import RUN_TRANSITIONS, Ending, RunStatus
from arrimage.privacy.retention.models import DueRecord, RetentionRule, RetentionRun, RunEvent
from arrimage.privacy.retention.models.rules import LONGEST
from arrimage.privacy.retention.queries import DueKind, runs_visible_to, what_is_due
from arrimage.privacy.retention.rules import digest_of
from arrimage.territory.models import Region

BATCH = 2_000


@dataclass(frozen=True)
class RuleChange:
    """What a rule becomes; `version` is the one that was read."""

    rule: RetentionRule
    months: int
    ending: str
    basis: str
    is_active: bool = True
    version: int | None = None


@action
def change_rules(actor: Actor, items: list[RuleChange]) -> list[RetentionRule]:
    """Change rules. Runs already prepared keep theirs. Returns the rules that became different."""
    require(actor, Right.MANAGE_PRIVACY)
    for item in items:
        if not 1 <= item.months <= LONGEST:
            raise InvalidInput(_("La durée va d’un mois à cent ans."), field="months")
        if item.ending not in Ending.values:
            raise InvalidInput(_("Choisissez ce que devient l’enregistrement."), field="ending")
        if not item.basis.strip():
            raise InvalidInput(_("Dites sur quoi cette règle se fonde."), field="basis")
    return apply_changes(
        RetentionRule,
        [
            Change(
                item.rule,
                {
                    "months": item.months,
                    "ending": item.ending,
                    "basis": item.basis.strip(),
                    "is_active": item.is_active,
                },
                item.version,
            )
            for item in items
        ],
    )


@action
def prepare_run(actor: Actor, region: Region | None) -> RetentionRun:
    """Compute what is at the end of its time in a region (None: what belongs to none), and list it. Destroys nothing.

    Raises `InvalidInput` when nothing is due, `Conflict` while another run of the region waits.
    """
    require(actor, Right.MANAGE_PRIVACY, region_id=region.pk if region else None)
    if actor.user_id is None or (region is None and actor.region_id is not None):
        raise NotAllowed(_("Votre rôle ne permet pas cette action."))
    as_of = clock.today()
    with elevated():  # it counts records of every kind, and lists them without a name
        listed: list[tuple[DueKind, list[DueRecord]]] = []
        for due in what_is_due(region, as_of):
            rows = [
                DueRecord(kind=due.kind.code, record_id=key, since=since, reference=str(reference)[:60])
                for key, since, reference in due.records.order_by("since", "pk").values_list("pk", "since", "reference")
            ]
            listed.append((due, rows))
        total = sum(len(rows) for _due, rows in listed)
        if not total:
            raise InvalidInput(_("Rien n’est à détruire : aucun enregistrement n’est au terme de sa durée."))
        figures = [due.figure(len(rows), rows[0].since if rows else None) for due, rows in listed]
        run = RetentionRun(
            region=region,
            as_of=as_of,
            figures=[figure.to_json() for figure in figures],
            total=total,
            digest=digest_of((row.kind, row.record_id, row.since) for _due, rows in listed for row in rows),
            prepared_by_id=actor.user_id,
        )
        try:
            with transaction.atomic():
                run.save()
        except IntegrityError as error:
            raise Conflict(
                _("Une autre destruction de cette région attend : menez-la à terme, ou abandonnez-la.")
            ) from error
        everything = iter([row for _due, rows in listed for row in rows])
        while batch := list(islice(everything, BATCH)):
            for row in batch:
                row.run = run
            DueRecord.objects.bulk_create(batch)
        RunEvent.of(actor, "", RunStatus.PREPARED, run=run).save()
    return run


@action
def approve_run(actor: Actor, run: RetentionRun) -> RetentionRun:
    """Approve a destruction as it was listed: the region's direction does, for what belongs to no region another
    privacy officer; never the one who prepared it."""
    locked = _locked(actor, run)
    if not may_approve(actor, locked):
        raise NotAllowed(_("La direction de la région approuve, et jamais qui a préparé la liste."))
    return _advance(actor, locked, RunStatus.APPROVED)


@action
def cancel_run(actor: Actor, run: RetentionRun, *, note: str) -> RetentionRun:
    """Give up a destruction that has not begun, and say why. Its list is erased; its figures stay."""
    locked = _locked(actor, run)
    if not (actor.may(Right.MANAGE_PRIVACY) or may_approve(actor, locked)):
        raise NotAllowed(_("Votre rôle ne permet pas cette action."))
    if not note.strip():
        raise InvalidInput(_("Dites pourquoi la destruction est abandonnée."), field="note")
    cancelled = _advance(actor, locked, RunStatus.CANCELLED, note=note.strip())
    with elevated():
        DueRecord.objects.filter(run=cancelled).delete()
    return cancelled


def may_approve(actor: Actor, run: RetentionRun) -> bool:
    """Say whether `actor` is the one who may approve this run."""
    if not actor.may(Right.APPROVE_DESTRUCTION) or actor.user_id in (None, run.prepared_by_id):
        return False
    if run.region_id is None:
        return actor.role == Role.PRIVACY_OFFICER
    return actor.role == Role.REGIONAL_DIRECTOR and actor.region_id == run.region_id


def _locked(actor: Actor, run: RetentionRun) -> RetentionRun:
    """Return the run, locked. Raises `NotAllowed` for one the actor does not see."""
    found = runs_visible_to(actor).select_for_update(of=("self",)).filter(pk=run.pk).first()
    if found is None:
        raise NotAllowed(_("Votre rôle ne permet pas cette action."))
    return found


def _advance(actor: Actor, run: RetentionRun, to: RunStatus, *, note: str = "") -> RetentionRun:
    before = run.status
    RUN_TRANSITIONS.check(before, to)
    run.status = to
    if to == RunStatus.APPROVED:
        run.approved_by_id, run.approved_at = actor.user_id, clock.now()
    run.save()
    RunEvent.of(actor, before, to, run=run, note=note).save()
    return run
