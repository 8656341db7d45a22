"""Appointments, enrolments and interpreters are seen by who receives in the region, and by whom they are for."""

from arrimage.foundation.row_security import ACTOR, REGION, SCOPE, Policy, add_function, guard, leave_open, sees
from arrimage.people.guarded import AGENTS, NEWCOMER, RECEPTION, of_person
from arrimage.scheduling.numbered_times import COUNT, FUNCTION

HERE = f"({AGENTS} or {RECEPTION}) and region_id = {REGION}"


def declare() -> None:
    add_function(FUNCTION, COUNT)
    guard(
        "scheduling_appointment",
        Policy("of_the_region", HERE),
        Policy(
            "one_s_own",
            f"{NEWCOMER} and {sees('scheduling_attendance', 'appointment_id', 'scheduling_appointment.id')}",
        ),
    )
    guard("scheduling_attendance", of_person("scheduling_attendance"))
    guard(
        "scheduling_waitingentry",
        Policy("of_the_region", HERE),
        Policy("one_s_own", f"{NEWCOMER} and person_id = {SCOPE}", "select"),
    )
    guard(
        "scheduling_waitingentry_service_points",
        Policy(
            "of_entries_one_sees",
            sees("scheduling_waitingentry", "id", "scheduling_waitingentry_service_points.waitingentry_id"),
        ),
    )
    guard("scheduling_interpreter", Policy("of_the_region", HERE))
    guard("scheduling_interpretation", Policy("of_the_region", HERE), silent=["code_digest"])
    guard(
        "scheduling_interpreterrate",
        Policy("of_interpreters_one_sees", sees("scheduling_interpreter", "id", "interpreter_id")),
    )
    # Which hours are free is asked as the system (`busy.taken_times`): it says hours, never who.
    guard(
        "scheduling_busytime",
        Policy("of_the_region", HERE, "select"),
        only=["select"],
        no_history="written by the database from what takes the time",
    )
    leave_open(
        "rooms, programmes and sessions, no person attending",
        "scheduling_room",
        "scheduling_sessionprogramme",
        "scheduling_groupsession",
        "scheduling_meeting",
    )
    leave_open(
        "when points of service receive: said on their doors",
        "scheduling_timetable",
        "scheduling_closure",
        "scheduling_slottemplate",
    )
    guard("scheduling_enrolment", of_person("scheduling_enrolment"))
    for table in ("scheduling_meetingpresence", "scheduling_attestation"):
        guard(
            table,
            Policy("of_enrolments_one_sees", sees("scheduling_enrolment", "id", f"{table}.enrolment_id")),
        )
    # Read without signing in: by the system, which then reads the calendar itself as the holder (`feeds.opened`).
    guard(
        "scheduling_calendarfeed",
        Policy("one_s_own", f"holder_id = {ACTOR}"),
        silent=["digest", "last_read_on"],
    )
