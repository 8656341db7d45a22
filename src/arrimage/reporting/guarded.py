"""The text of a bilan names who is quoted and whom the media call: it is its region's until it is published."""

from arrimage.accounts.enums import Role
from arrimage.foundation.row_security import REGION, Policy, guard, role_in

WRITERS = role_in(Role.REGIONAL_ADVISOR, Role.REGIONAL_DIRECTOR)
READERS = role_in(Role.TEAM_LEAD, Role.REGIONAL_ADVISOR, Role.REGIONAL_DIRECTOR)


def declare() -> None:
    guard(
        "reporting_bilantext",
        Policy("of_the_region", f"{READERS} and region_id = {REGION}", "select"),
        Policy("of_the_province", role_in(Role.MINISTRY_ANALYST), "select"),
        Policy("kept_by_writers", f"{WRITERS} and region_id = {REGION}"),
    )
