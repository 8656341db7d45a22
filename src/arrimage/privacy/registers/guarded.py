"""The registers are the privacy officer's; a person follows their own requests, agents read what a file must say."""

from arrimage.foundation.row_security import REGION, SCOPE, Policy, guard, leave_open, sees
from arrimage.people.guarded import AGENTS, NEWCOMER, PROTECTION
from arrimage.privacy.registers.enums import RequestStatus

PROTECTED = Policy("protected", f"{PROTECTION} and ({REGION} is null or region_id is null or region_id = {REGION})")
OF_COPY = sees("registers_copy", "id", "registers_copycontent.copy_id")
ONE_S_OWN = f"{NEWCOMER} and person_id = {SCOPE}"


def declare() -> None:
    leave_open("counters of numbers, no person", "registers_registerserial", history=False)
    for parent, children in (
        ("registers_incident", ("registers_incidentperson", "registers_incidentnotice")),
        ("registers_communication", ("registers_communicationperson",)),
    ):
        guard(parent, PROTECTED)
        for child in children:
            guard(child, _of(child, parent))
    guard(
        "registers_incidentevent",
        _of("registers_incidentevent", "registers_incident"),
        no_history="events are never altered",
    )
    guard("registers_personrequest", PROTECTED, Policy("one_s_own", ONE_S_OWN, "select"))
    # Their notes are between colleagues.
    guard(
        "registers_requestevent",
        Policy(
            "protected",
            f"{PROTECTION} and {sees('registers_personrequest', 'id', 'registers_requestevent.request_id')}",
        ),
        no_history="events are never altered",
    )
    guard(
        "registers_statement",
        PROTECTED,
        Policy("of_the_region", f"{AGENTS} and region_id = {REGION}", "select"),
        Policy("one_s_own", ONE_S_OWN, "select"),
    )
    handed_over = sees(
        "registers_personrequest",
        "id",
        "registers_copy.request_id",
        only=f"status in ('{RequestStatus.GRANTED.value}', '{RequestStatus.PARTLY_GRANTED.value}')",
        name="handed_over",
    )
    guard(
        "registers_copy",
        Policy("protected", f"{PROTECTION} and {sees('registers_personrequest', 'id', 'registers_copy.request_id')}"),
        Policy("one_s_own", f"{ONE_S_OWN} and {handed_over}", "select"),
    )
    guard(
        "registers_copycontent",
        Policy("protected", f"{PROTECTION} and {OF_COPY}"),
        Policy("one_s_own", f"{ONE_S_OWN} and {OF_COPY}", "select"),
        no_history="the copy says its digest; its content is never altered, and erased when its time is over",
    )


def _of(child: str, parent: str) -> Policy:
    key = f"{parent.removeprefix('registers_')}_id"
    return Policy(f"of_{parent.removeprefix('registers_')}s_one_sees", sees(parent, "id", f"{child}.{key}"))
