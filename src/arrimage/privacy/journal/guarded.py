"""Who adds to the read journal and who reads it; who sees an exceptional access and who reviews it."""

from arrimage.accounts.context import LINK_HOLDER
from arrimage.accounts.enums import Role
from arrimage.foundation.row_security import ACTOR, REGION, ROLE, Policy, guard, role_in, sees
from arrimage.people.guarded import NEWCOMER, OF_ONE_S_RECORDS, PROTECTION

TEAM_LEAD = role_in(Role.TEAM_LEAD)
PROTECTED = f"{PROTECTION} and ({REGION} is null or region_id = {REGION})"


def declare() -> None:
    guard(
        "journal_breakglass",
        Policy("one_s_own", f"user_id = {ACTOR}", check=f"user_id = {ACTOR} and reviewed_at is null"),
        Policy("of_the_region", f"{TEAM_LEAD} and region_id = {REGION}", "select"),
        Policy("of_one_s_record", f"{NEWCOMER} and {OF_ONE_S_RECORDS}", "select"),
        Policy("protected", PROTECTED, "select"),
        Policy("reviewed", f"{PROTECTED} and user_id <> {ACTOR}", "update", check=f"reviewed_by_id = {ACTOR}"),
        only=["select", "insert", "update"],
    )
    guard(
        "journal_reading",
        Policy("adding", f"user_id = {ACTOR}", "insert"),
        Policy("adding_by_a_link", f"{ROLE} = '{LINK_HOLDER}' and user_id is null", "insert"),
        Policy("one_s_own", f"user_id = {ACTOR}", "select"),
        Policy("of_one_s_record", f"{NEWCOMER} and {OF_ONE_S_RECORDS}", "select"),
        Policy("protected", PROTECTED, "select"),
        Policy(
            "under_an_access_one_sees",
            f"{TEAM_LEAD} and {sees('journal_breakglass', 'id', 'journal_reading.break_glass_id')}",
            "select",
        ),
        only=["select", "insert"],
        no_history="it is never altered",
    )
    guard("journal_seal", only=["select", "insert"], no_history="it is never altered")
