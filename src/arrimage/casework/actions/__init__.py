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
from arrimage.casework.actions.closing import close_file, reopen_file
from arrimage.casework.actions.contacts import cancel_planned_contact, change_planned_contact, plan_contact
from arrimage.casework.actions.documents import add_document, remove_document, share_document
from arrimage.casework.actions.files import assign_files, open_files
from arrimage.casework.actions.follow_ups import record_follow_ups
from arrimage.casework.actions.milestones import record_milestone
from arrimage.casework.actions.notes import (
    acknowledge_withdrawal,
    add_to_note,
    edit_note,
    keep_template,
    withdraw_note,
    write_note,
)
from arrimage.casework.actions.plans import (
    add_goal,
    add_step,
    draft_plans,
    edit_step,
    propose_again,
    refuse_proposal,
    remove_goal,
    set_step_status,
    set_step_statuses,
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
    "acknowledge_withdrawal",
    "add_document",
    "add_goal",
    "add_step",
    "add_to_note",
    "agree_plans",
    "assign_files",
    "attend_referrals",
    "cancel_planned_contact",
    "cancel_referrals",
    "change_planned_contact",
    "close_file",
    "close_needs",
    "complete_assessments",
    "complete_referrals",
    "decline_referrals",
    "draft_plans",
    "edit_note",
    "edit_step",
    "expire_referrals",
    "keep_template",
    "miss_referrals",
    "move_assessment",
    "note_needs",
    "open_files",
    "plan_contact",
    "propose_again",
    "record_follow_ups",
    "record_milestone",
    "refuse_proposal",
    "remove_document",
    "remove_goal",
    "reopen_file",
    "save_answers",
    "schedule_referrals",
    "send_referrals",
    "set_step_status",
    "set_step_statuses",
    "share_document",
    "start_assessment",
    "start_referrals",
    "stop_referrals",
    "take_proposal",
    "withdraw_note",
    "write_note",
]
