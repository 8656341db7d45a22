"""Writes of casework. Each takes the actor first, checks their rights, and is one transaction.

Actions take lists: the single form is a list of one, so that bulk work shares rules, rights and history with it.
"""

from arrimage.casework.actions.agreements import agree_plans
from arrimage.casework.actions.assessments import (
    close_needs,
    complete_assessments,
    move_assessment,
    note_needs,
    save_answers,
    start_assessment,
)
from arrimage.casework.actions.documents import add_document, remove_document, share_document
from arrimage.casework.actions.files import assign_files, open_files
from arrimage.casework.actions.follow_ups import record_follow_ups
from arrimage.casework.actions.plans import (
    add_goal,
    add_step,
    draft_plans,
    edit_step,
    propose_again,
    refuse_proposal,
    remove_goal,
    set_step_status,
    take_proposal,
)
from arrimage.casework.actions.referrals import (
    accept_referrals,
    attend_referrals,
    cancel_referrals,
    complete_referrals,
    decline_referrals,
    expire_referrals,
    miss_referrals,
    schedule_referrals,
    send_referrals,
    start_referrals,
    stop_referrals,
)

__all__ = [
    "accept_referrals",
    "add_document",
    "add_goal",
    "add_step",
    "agree_plans",
    "assign_files",
    "attend_referrals",
    "cancel_referrals",
    "close_needs",
    "complete_assessments",
    "complete_referrals",
    "decline_referrals",
    "draft_plans",
    "edit_step",
    "expire_referrals",
    "miss_referrals",
    "move_assessment",
    "note_needs",
    "open_files",
    "propose_again",
    "record_follow_ups",
    "refuse_proposal",
    "remove_document",
    "remove_goal",
    "save_answers",
    "schedule_referrals",
    "send_referrals",
    "set_step_status",
    "share_document",
    "start_assessment",
    "start_referrals",
    "stop_referrals",
    "take_proposal",
]
