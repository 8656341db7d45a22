"""Who sees a file, and what hangs on it: the SQL side of `casework.queries`."""

from arrimage.accounts.enums import Role
from arrimage.accounts.guarded import PARTNERS
from arrimage.casework.enums import WITH_PARTNER
from arrimage.foundation.row_security import ACTOR, POINT, REGION, SCOPE, Policy, exists, guard, leave_open, role_in
from arrimage.people.guarded import AGENTS, NEWCOMER

TEAM_LEAD = role_in(Role.TEAM_LEAD)
AGENT = role_in(Role.INTEGRATION_AGENT)
OPENED_EXCEPTIONALLY = exists(
    "journal_breakglass b",
    f"b.user_id = {ACTOR} and b.file_uid = casework_file.uid and b.ended_at is null and b.expires_at > now()",
)


def of_file(table: str, who: str, *, name: str = "of_files_one_sees") -> Policy:
    """Return the policy of what hangs on a file, for those of `who` that see the file."""
    return Policy(name, f"{who} and {exists('casework_file f', f'f.id = {table}.file_id')}")


def declare() -> None:
    guard(
        "casework_file",
        Policy("of_the_region", f"{TEAM_LEAD} and region_id = {REGION}"),
        Policy(
            "assigned",
            f"{AGENT} and region_id = {REGION} and ({POINT} is null or service_point_id = {POINT} or agent_id = {ACTOR}"
            f" or person_id in (select casework_persons_met({ACTOR})))",
        ),
        Policy("opened_exceptionally", f"{AGENTS} and {OPENED_EXCEPTIONALLY}"),
        Policy("one_s_own", f"{NEWCOMER} and person_id = {SCOPE}", "select"),
    )
    leave_open("counters of numbers, no person", "casework_fileserial", history=False)
    for table in ("casework_assessment", "casework_followup"):
        guard(table, of_file(table, AGENTS))
    for table in ("casework_need", "casework_plan", "casework_step"):
        guard(table, of_file(table, AGENTS), Policy("one_s_own", f"{NEWCOMER} and {_own_file(table)}", "select"))
    live = ", ".join(repr(status.value) for status in sorted(WITH_PARTNER))
    guard(
        "casework_referral",
        of_file("casework_referral", AGENTS),
        Policy("one_s_own", f"{NEWCOMER} and {_own_file('casework_referral')}", "select"),
        Policy("received", f"{PARTNERS} and organisation_id = {SCOPE} and status in ({live})"),
    )
    guard(
        "casework_referralevent",
        Policy("of_referrals_one_sees", exists("casework_referral r", "r.id = casework_referralevent.referral_id")),
        no_history="events are never altered",
    )
    # A person who moved: seen where they are accompanied now, wherever they were recorded first.
    guard(
        "people_person",
        Policy("with_a_file", f"{AGENTS} and {exists('casework_file f', 'f.person_id = people_person.id')}"),
    )


def _own_file(table: str) -> str:
    return exists("casework_file f", f"f.id = {table}.file_id")
