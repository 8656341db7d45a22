"""Appointments are seen by who receives in the region, and by whom they are for."""

from arrimage.foundation.row_security import REGION, Policy, guard, sees
from arrimage.people.guarded import AGENTS, NEWCOMER, RECEPTION, of_person


def declare() -> None:
    guard(
        "scheduling_appointment",
        Policy("of_the_region", f"({AGENTS} or {RECEPTION}) and region_id = {REGION}"),
        Policy(
            "one_s_own",
            f"{NEWCOMER} and {sees('scheduling_attendance', 'appointment_id', 'scheduling_appointment.id')}",
        ),
    )
    guard("scheduling_attendance", of_person("scheduling_attendance"))
