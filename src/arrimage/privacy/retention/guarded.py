"""What is to be destroyed is seen by who prepares it and by who approves it."""

from arrimage.accounts.enums import Role
from arrimage.foundation.row_security import REGION, Policy, guard, leave_open, role_in, sees
from arrimage.people.guarded import PROTECTION

DIRECTION = role_in(Role.REGIONAL_DIRECTOR)


def declare() -> None:
    leave_open("rules, no record", "retention_retentionrule")
    guard(
        "retention_retentionrun",
        Policy("protected", f"{PROTECTION} and ({REGION} is null or region_id = {REGION})"),
        Policy("approved", f"{DIRECTION} and region_id = {REGION}"),
    )
    for table in ("duerecord", "tally", "certificate", "statistic", "runevent"):
        name = f"retention_{table}"
        guard(
            name,
            Policy("of_runs_one_sees", sees("retention_retentionrun", "id", f"{name}.run_id")),
            no_history="" if table == "certificate" else "written once with its run",
        )
