"""An accompaniment as a page tells it, to the staff and to the employer alike."""

from dataclasses import dataclass

from arrimage.employers.enums import AccompanimentStatus
from arrimage.employers.models import Accompaniment
from arrimage.employers.rules import is_over
from arrimage.web.parts import Moment
from arrimage.web.states import tone_of


@dataclass(frozen=True)
class Story:
    """An accompaniment, what happened to it, and whether it still lives."""

    accompaniment: Accompaniment
    moments: list[Moment]
    over: bool


def story_of(accompaniment: Accompaniment, *, with_notes: bool) -> Story:
    """Return the story of an accompaniment whose events are prefetched; notes are the staff's own."""
    moments = [
        Moment(
            title=str(AccompanimentStatus(event.to_status).label),
            when=event.happened_at,
            text=event.note if with_notes else "",
            who=event.actor_name,
            tone=tone_of(event.to_status),
        )
        for event in accompaniment.events.all()
    ]
    return Story(accompaniment, moments, is_over(accompaniment.status))
