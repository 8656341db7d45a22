"""Free times, as a form proposes them; chosen, they are looked for again."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation.models import new_uid
from arrimage.foundation.writing import write_date, write_time
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import Slot, free_slots
from arrimage.territory.models import ServicePoint
from arrimage.web.forms import ShellForm

SEARCHED_DAYS = 21
SHOWN_SLOTS = 24
FOLLOW_UP_MINUTES = 30


def next_slots(point: ServicePoint, agent: User | None, first: date, minutes: int | None) -> list[Slot]:
    """Return the next free times of a point of service from `first`, of one agent or of all."""
    free = free_slots(point, first, first + timedelta(days=SEARCHED_DAYS), minutes=minutes)
    return list(islice((slot for slot in free if agent is None or slot.agent == agent), SHOWN_SLOTS))


def slot_key(slot: Slot | Appointment) -> str:
    return f"{slot.agent.pk}@{timezone.localtime(slot.starts_at):%Y-%m-%dT%H:%M%z}"


def changed_since(request: HttpRequest, appointment: Appointment) -> bool:
    """Say whether an appointment changed since the page that sent this form showed it."""
    return request.method == "POST" and request.POST.get("version") != str(appointment.version)


def is_what_was_asked(request: HttpRequest, appointment: Appointment) -> bool:
    """Say whether an appointment has the very time this form asks for: the button was pressed twice."""
    return request.POST.get("slot") == slot_key(appointment)


class SlotForm(ShellForm):
    """A free time: the value of a slot is its agent and its start, checked again when it is booked.

    `key` is the request's own: sent again, it books once. The days that keep a `due` date say so.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_uid, required=False)
    slot = forms.ChoiceField(
        label=_("Heure libre"),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("Cette heure vient d’être prise. Choisissez-en une autre."),
            "required": _("Choisissez une heure."),
        },
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], due: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due = due
        self.propose(slots)

    def propose(self, slots: Sequence[Slot]) -> None:
        """Propose these times, by day; the agent is named where there are several."""
        self.slots = {slot_key(slot): slot for slot in slots}
        several = len({slot.agent.pk for slot in slots}) > 1
        days: dict[str, list[tuple[str, str]]] = {}
        for slot in slots:
            hour = write_time(slot.starts_at)
            words = f"{hour} · {slot.agent.name}" if several else hour
            days.setdefault(self._day(slot), []).append((slot_key(slot), words))
        self.fields["slot"].choices = list(days.items())  # type: ignore[attr-defined]

    @property
    def is_outdated(self) -> bool:
        """Say whether a time still free when the page looked was refused: the next ones are to be looked for again."""
        return bool(self.errors) and self.data.get("slot") in self.slots

    def _day(self, slot: Slot) -> str:
        day = write_date(slot.starts_at, "EEEE d MMMM")
        return gettext("%(day)s · dans le délai") % {"day": day} if self.due and slot.keeps(self.due) else day

    def chosen(self) -> Slot:
        return self.slots[self.cleaned_data["slot"]]


class MoveForm(SlotForm):
    """Another time for an appointment; `version` is the one that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
