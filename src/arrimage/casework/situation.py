"""What a file tells a service that asks who may be admitted."""

from arrimage.casework.models import File
from arrimage.directory.rules import Held, Situation


def situation_of(file: File) -> Situation:
    """Return what is known of the person of a file: statuses, arrival, birth, region. One query."""
    statuses = file.person.statuses.values_list("category", "starts_on", "ends_on")
    return Situation(
        statuses=[Held(*row) for row in statuses],
        arrived_on=file.arrived_on,
        born_on=file.person.birth_date,
        region_id=file.region_id,
    )
