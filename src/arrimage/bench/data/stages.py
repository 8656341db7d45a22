"""How far a measured household has come, and when each stage arrived."""

from enum import IntEnum


class Stage(IntEnum):
    """How far a household's adults have come; each stage includes those before it."""

    EXPECTED = 0
    MET = 1
    OPENED = 2
    BOOKED = 3
    ASSESSED = 4
    DRAFTED = 5
    AGREED = 6
    SENT = 7
    ACCEPTED = 8
    STARTED = 9
    COMPLETED = 10
    CLOSED = 11


# How many working days ago (from, to) households of a stage arrived.
ARRIVED = {
    Stage.OPENED: (1, 3),
    Stage.BOOKED: (1, 5),
    Stage.ASSESSED: (7, 11),
    Stage.DRAFTED: (9, 14),
    Stage.AGREED: (12, 18),
    Stage.SENT: (18, 25),
    Stage.ACCEPTED: (28, 38),
    Stage.STARTED: (40, 55),
    Stage.COMPLETED: (66, 80),
}
