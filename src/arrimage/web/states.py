"""How a state looks: a tone beside its word. The word and the sign say everything; the colour only helps."""

from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """What a state means to the reader. Each tone has one sign and one colour (`static/css/parts.css`)."""

    OK = "ok"  # it is done, it went well
    INFO = "info"  # it is under way
    WARN = "warn"  # look at it soon
    DANGER = "danger"  # it failed, or it is late
    MAPLE = "maple"  # it needs you
    NEUTRAL = "neutral"  # it is over, or not begun


# One vocabulary for every enum of the domain: the same word always looks the same.
TONES: dict[str, Tone] = {
    "draft": Tone.NEUTRAL, "planned": Tone.NEUTRAL, "todo": Tone.NEUTRAL, "open": Tone.NEUTRAL,
    "expected": Tone.NEUTRAL, "closed": Tone.NEUTRAL, "cancelled": Tone.NEUTRAL, "annulled": Tone.NEUTRAL,
    "withdrawn": Tone.NEUTRAL, "dropped": Tone.NEUTRAL, "transferred": Tone.NEUTRAL, "not_for_us": Tone.NEUTRAL,
    "done_without_help": Tone.NEUTRAL, "later": Tone.NEUTRAL, "inactive": Tone.NEUTRAL,
    "sent": Tone.INFO, "scheduled": Tone.INFO, "booked": Tone.INFO, "in_progress": Tone.INFO, "started": Tone.INFO,
    "in_charge": Tone.INFO, "moved": Tone.INFO, "attended": Tone.INFO, "submitted": Tone.INFO,
    "active": Tone.OK, "accepted": Tone.OK, "completed": Tone.OK, "done": Tone.OK, "met": Tone.OK, "kept": Tone.OK,
    "agreed": Tone.OK, "signed": Tone.OK, "released": Tone.OK, "carried_out": Tone.OK, "reached": Tone.OK,
    "confirmed": Tone.OK, "amended": Tone.WARN, "asked_again": Tone.WARN, "added": Tone.INFO, "waiting": Tone.MAPLE,
    "ignored": Tone.NEUTRAL, "code_sent": Tone.INFO, "code_wrong": Tone.WARN, "opened": Tone.INFO, "answered": Tone.OK,
    "leaving": Tone.INFO, "failed": Tone.DANGER,
    "verified": Tone.INFO, "assessed": Tone.INFO, "notified": Tone.OK, "granted": Tone.OK,
    "received": Tone.MAPLE, "partly_granted": Tone.WARN, "refused": Tone.DANGER,
    "partly": Tone.WARN, "soon": Tone.WARN, "withheld": Tone.WARN, "stopped": Tone.WARN, "no_show": Tone.WARN,
    "unreachable": Tone.WARN, "requested": Tone.MAPLE,
    "declined": Tone.DANGER, "expired": Tone.DANGER, "not_met": Tone.DANGER, "not_reached": Tone.DANGER,
    "denied_boarding": Tone.DANGER, "urgent": Tone.DANGER,
}  # fmt: skip


def tone_of(state: Any) -> Tone:
    """Return the tone of a state (an enum's member or its stored value); neutral when it has none."""
    name = getattr(state, "name", None) or state
    return TONES.get(str(name).lower(), Tone.NEUTRAL)
