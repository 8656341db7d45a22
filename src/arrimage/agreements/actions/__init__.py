"""Writes of agreements. Each takes the actor first, checks their rights, takes lists, and is one transaction."""

from arrimage.agreements.actions.agreements import (
    Signature,
    annul_agreements,
    close_agreements,
    create_agreements,
    edit_agreements,
    sign_agreements,
)
from arrimage.agreements.actions.deliverables import edit_deliverables, promise_deliverables
from arrimage.agreements.actions.instalments import (
    Release,
    edit_instalments,
    plan_instalments,
    release_instalments,
    resume_instalments,
    withhold_instalments,
)
from arrimage.agreements.actions.local_actions import (
    CarriedOut,
    LocalActionChange,
    NewLocalAction,
    cancel_local_actions,
    carry_out_local_actions,
    edit_local_actions,
    plan_again_local_actions,
    plan_local_actions,
)

__all__ = [
    "CarriedOut",
    "LocalActionChange",
    "NewLocalAction",
    "Release",
    "Signature",
    "annul_agreements",
    "cancel_local_actions",
    "carry_out_local_actions",
    "close_agreements",
    "create_agreements",
    "edit_agreements",
    "edit_deliverables",
    "edit_instalments",
    "edit_local_actions",
    "plan_again_local_actions",
    "plan_instalments",
    "plan_local_actions",
    "promise_deliverables",
    "release_instalments",
    "resume_instalments",
    "sign_agreements",
    "withhold_instalments",
]
