"""Arrivals are seen by who receives them, in their region; with the files they open."""

from arrimage.foundation.row_security import REGION, Policy, guard, sees
from arrimage.people.guarded import RECEPTION


def declare() -> None:
    for table in ("reception_manifest", "reception_flight", "reception_party", "reception_arrival"):
        guard(table, Policy("received_in_the_region", f"{RECEPTION} and region_id = {REGION}"))
    arrival = sees("reception_arrival", "person_id", "casework_file.person_id")
    guard("casework_file", Policy("received", f"{RECEPTION} and region_id = {REGION} and {arrival}"))
