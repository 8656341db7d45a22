"""What the page of a file says of contacts to come: those planned, the window open at 6, 12 or 24 months."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from arrimage.casework.enums import FileStatus
from arrimage.casework.milestones import SETTLED, Window, windows_of
from arrimage.casework.models import MilestoneContact
from arrimage.casework.story import FileStory
from arrimage.foundation import clock


@dataclass(frozen=True)
class ShownMilestone:
    """One of the three contacts: its window, what was answered, whether it may be made now."""

    window: Window
    contact: MilestoneContact | None

    @property
    def is_settled(self) -> bool:
        return self.contact is not None and self.contact.result in SETTLED

    @property
    def is_open(self) -> bool:
        return not self.is_settled and self.window.holds(clock.today())

    @property
    def is_over(self) -> bool:
        return not self.is_settled and self.window.closes < clock.today()


def contacts_of(story: FileStory) -> dict[str, Any]:
    """Return what the panel of contacts shows."""
    file = story.file
    known = {each.months: each for each in story.milestone_contacts}
    tries, since = _tries(story)
    transferred = file.status == FileStatus.TRANSFERRED
    return {
        "planned": story.planned_contacts,
        "milestones": []
        if transferred
        else [ShownMilestone(each, known.get(each.months)) for each in windows_of(file, story.milestones)],
        "tries": tries,
        "tries_since": since,
    }


def _tries(story: FileStory) -> tuple[int, date | None]:
    """Return how many of the last contacts in a row reached nobody, and the day of the first of them."""
    count, since = 0, None
    for each in story.follow_ups:
        if each.reached:
            break
        count, since = count + 1, each.happened_on
    return count, since
