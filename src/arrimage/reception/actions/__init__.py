"""What the airport does: say who was met, open their files, give the first appointment, add who was not announced."""

from arrimage.reception.actions.appointments import (
    FirstAppointment,
    book_first_appointments,
    give_first_appointment,
    join_first_appointment,
)
from arrimage.reception.actions.files import Identity, Welcome, arrived_on, open_party_files
from arrimage.reception.actions.outcomes import record_outcomes
from arrimage.reception.actions.unannounced import Unannounced, add_unannounced

__all__ = [
    "FirstAppointment",
    "Identity",
    "Unannounced",
    "Welcome",
    "add_unannounced",
    "arrived_on",
    "book_first_appointments",
    "give_first_appointment",
    "join_first_appointment",
    "open_party_files",
    "record_outcomes",
]
