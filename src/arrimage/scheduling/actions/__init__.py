"""What is done with times: given, moved, given back, offered to whoever waits."""

from arrimage.scheduling.actions.booking import (
    NewAppointment,
    add_attendees,
    book_appointment,
    book_appointments,
    has_one_to_come,
)
from arrimage.scheduling.actions.changing import cancel_appointment, move_appointment, set_appointment_status
from arrimage.scheduling.actions.rights import CHANGED
from arrimage.scheduling.actions.waiting import (
    NewWaiting,
    accept_offer,
    end_unanswered_offers,
    refuse_offer,
    take_off_the_list,
    wait_for_a_time,
)

__all__ = [
    "CHANGED",
    "NewAppointment",
    "NewWaiting",
    "accept_offer",
    "add_attendees",
    "book_appointment",
    "book_appointments",
    "cancel_appointment",
    "end_unanswered_offers",
    "has_one_to_come",
    "move_appointment",
    "refuse_offer",
    "set_appointment_status",
    "take_off_the_list",
    "wait_for_a_time",
]
