"""What somebody asks of the directory."""

from dataclasses import dataclass

from arrimage.directory.enums import Weekday
from arrimage.directory.models import Theme
from arrimage.directory.rules import Situation
from arrimage.territory.models import Place


@dataclass(frozen=True)
class Point:
    """A point of the globe, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Criteria:
    """All that a service must answer; what is empty asks nothing. A service that is closed answers nothing.

    `place` is a borough, or a city with its boroughs; `language` an ISO 639 code; `mode` one of `enums.Mode`.
    `situation` is what is known of a person: services that refuse them are left out, those that may be are not.
    """

    text: str = ""
    theme: Theme | None = None
    place: Place | None = None
    near: Point | None = None
    within_km: float | None = None  # of `near`
    language: str = ""
    mode: str = ""
    free_places: bool = False
    open_now: bool = False
    open_on: Weekday | None = None
    situation: Situation | None = None
