"""What is written in the registers, and the life of a request."""

from arrimage.privacy.registers.actions.answers import Answer, NewStatement, answer_requests, record_statements
from arrimage.privacy.registers.actions.communications import (
    NewCommunication,
    add_concerned,
    edit_communications,
    record_communications,
    remove_concerned,
)
from arrimage.privacy.registers.actions.copies import erase_expired_copies, produce_copy
from arrimage.privacy.registers.actions.incidents import (
    Assessment,
    Closing,
    assess_incidents,
    close_incidents,
    edit_incidents,
    link_person,
    report_incidents,
    unlink_person,
)
from arrimage.privacy.registers.actions.notices import NewNotice, give_notices
from arrimage.privacy.registers.actions.requests import (
    Extension,
    Proof,
    acknowledge_requests,
    ask,
    extend_requests,
    record_requests,
    take_up_requests,
    verify_identities,
    withdraw_requests,
)

__all__ = [
    "Answer",
    "Assessment",
    "Closing",
    "Extension",
    "NewCommunication",
    "NewNotice",
    "NewStatement",
    "Proof",
    "acknowledge_requests",
    "add_concerned",
    "answer_requests",
    "ask",
    "assess_incidents",
    "close_incidents",
    "edit_communications",
    "edit_incidents",
    "erase_expired_copies",
    "extend_requests",
    "give_notices",
    "link_person",
    "produce_copy",
    "record_communications",
    "record_requests",
    "record_statements",
    "remove_concerned",
    "report_incidents",
    "take_up_requests",
    "unlink_person",
    "verify_identities",
    "withdraw_requests",
]
