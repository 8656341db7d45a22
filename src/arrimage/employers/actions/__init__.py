"""Writes of employers. Each takes the actor first, checks their rights, takes lists, and is one transaction."""

from arrimage.employers.actions.accompaniments import (
    AccompanimentChange,
    Ended,
    NewRequest,
    TakenInCharge,
    edit_accompaniments,
    end_accompaniments,
    record_accompaniments,
    request_accompaniments,
    take_charge,
)
from arrimage.employers.actions.employers import edit_employers, register_employers

__all__ = [
    "AccompanimentChange",
    "Ended",
    "NewRequest",
    "TakenInCharge",
    "edit_accompaniments",
    "edit_employers",
    "end_accompaniments",
    "record_accompaniments",
    "register_employers",
    "request_accompaniments",
    "take_charge",
]
