"""Regions, places and offices are public."""

from arrimage.foundation.row_security import leave_open


def declare() -> None:
    leave_open(
        "places, no person", "territory_region", "territory_place", "territory_outline", "territory_servicepoint"
    )
