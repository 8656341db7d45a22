"""What is kept of times: who and what they take, who attends, who interprets."""

from arrimage.scheduling.models.appointments import Appointment, Attendance
from arrimage.scheduling.models.busy import BusyTime, TsTzRange
from arrimage.scheduling.models.feeds import CalendarFeed
from arrimage.scheduling.models.hours import Closure, SlotTemplate, Timetable
from arrimage.scheduling.models.interpreters import Interpretation, Interpreter, InterpreterRate
from arrimage.scheduling.models.resources import Room
from arrimage.scheduling.models.sessions import (
    Attestation,
    Enrolment,
    GroupSession,
    Meeting,
    MeetingPresence,
    SessionProgramme,
)
from arrimage.scheduling.models.waiting import WaitingEntry

__all__ = [
    "Appointment",
    "Attendance",
    "Attestation",
    "BusyTime",
    "CalendarFeed",
    "Closure",
    "Enrolment",
    "GroupSession",
    "Interpretation",
    "Interpreter",
    "InterpreterRate",
    "Meeting",
    "MeetingPresence",
    "Room",
    "SessionProgramme",
    "SlotTemplate",
    "Timetable",
    "TsTzRange",
    "WaitingEntry",
]
