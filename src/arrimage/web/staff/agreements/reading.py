"""Finding what a page is about, among what the actor may see, and what the page of an agreement tells."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.agreements.enums import BINDING, AgreementStatus, InstalmentStatus
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction
from arrimage.agreements.queries import (
    agreements_visible_to,
    deliverables_visible_to,
    instalments_visible_to,
    local_actions_visible_to,
    with_released,
)
from arrimage.agreements.rules import expected_by, is_behind
from arrimage.foundation import clock


@dataclass(frozen=True)
class Progress:
    """A deliverable against what the records say of it."""

    deliverable: Deliverable
    real: int
    expected: int | None  # by today, at an even pace; None before and after the agreement
    behind: bool

    @property
    def shown(self) -> int:
        """What the bar shows, which does not go past the target."""
        return min(self.real, self.deliverable.target)


def progress_of(agreement: Agreement, deliverables: Any) -> list[Progress]:
    """Return the progress of deliverables read by `with_progress`: counts of referrals nobody here may open."""
    with elevated():
        counted = list(deliverables)
    today = clock.today()
    period = agreement.starts_on, agreement.ends_on
    running = agreement.status in BINDING and period[0] <= today <= period[1]
    over = agreement.status in BINDING and today > period[1]
    return [
        Progress(
            deliverable=one,
            real=one.real,
            expected=expected_by(one.target, *period, today) if running else None,
            behind=(running and is_behind(one.real, one.target, *period, today)) or (over and one.real < one.target),
        )
        for one in counted
    ]


def next_instalment(agreement: Agreement, instalments: list[Instalment]) -> Instalment | None:
    """Return the planned instalment that comes next, when money may leave."""
    if agreement.status not in BINDING:
        return None
    planned = [one for one in instalments if one.status == InstalmentStatus.PLANNED]
    return min(planned, key=lambda one: (one.due_on, one.sequence), default=None)


def agreement_for(actor: Actor, uid: UUID) -> Agreement:
    found = with_released(agreements_visible_to(actor)).select_related("organisation", "stream__programme", "advisor")
    return get_object_or_404(found, uid=uid)


def instalment_for(actor: Actor, uid: UUID) -> Instalment:
    return get_object_or_404(instalments_visible_to(actor).select_related("agreement__organisation"), uid=uid)


def deliverable_for(actor: Actor, uid: UUID) -> Deliverable:
    return get_object_or_404(deliverables_visible_to(actor).select_related("agreement", "service"), uid=uid)


def local_action_for(actor: Actor, uid: UUID) -> LocalAction:
    found = local_actions_visible_to(actor).select_related("place", "agreement").prefetch_related("partners")
    return get_object_or_404(found, uid=uid)


def may_manage(actor: Actor, region_id: int) -> bool:
    return actor.may(Right.MANAGE_AGREEMENTS) and actor.covers_region(region_id)


def trail_to(agreement: Agreement) -> list[tuple[str, str]]:
    """Return the way to what hangs on an agreement."""
    return [
        (_("Ententes"), reverse("staff:agreements")),
        (agreement.title, reverse("staff:agreement", args=[agreement.uid])),
    ]


def is_open(agreement: Agreement) -> bool:
    return agreement.status in (AgreementStatus.DRAFT, AgreementStatus.SIGNED)
