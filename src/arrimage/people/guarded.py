"""Who sees a person: where they were recorded, for who receives and accompanies; themselves."""

from arrimage.accounts.enums import Role
from arrimage.accounts.guarded import ADMINISTRATOR, of_user
from arrimage.foundation.row_security import REGION, ROLE, SCOPE, USER, Policy, among, close, guard, role_in, sees

AGENTS = role_in(Role.INTEGRATION_AGENT, Role.TEAM_LEAD)
RECEPTION = role_in(Role.RECEPTION_AGENT)
NEWCOMER = f"{ROLE} = '{Role.NEWCOMER}'"
PROTECTION = role_in(Role.PRIVACY_OFFICER)
# The person's record, and those merged into it.
OF_ONE_S_RECORDS = f"(person_id = {SCOPE} or {among('person_id', 'people_person', 'id', f'merged_into_id = {SCOPE}')})"
IN_REGION = f"({AGENTS} or {RECEPTION}) and region_id = {REGION}"


def of_person(table: str, *, name: str = "of_persons_one_sees") -> Policy:
    """Return the policy of what hangs on a person (`person_id`) and is seen with them."""
    return Policy(name, sees("people_person", "id", f"{table}.person_id"))


def declare() -> None:
    guard(
        "people_person",
        Policy("of_the_region", IN_REGION),
        Policy("oneself", f"{NEWCOMER} and id = {SCOPE}"),
        Policy("merged_into_one_s_own", f"{NEWCOMER} and merged_into_id = {SCOPE}", "select"),
        Policy("protected", f"{PROTECTION} and ({REGION} is null or region_id = {REGION})", "select"),
    )
    guard(
        "people_household",
        Policy("of_the_region", IN_REGION),
        Policy("lived_in", sees("people_member", "household_id", "people_household.id"), "select"),
    )
    for table in (
        "people_member", "people_personstatus", "people_personname", "people_personlanguage", "people_frenchlevel",
        "people_schooling", "people_personoccupation",
    ):  # fmt: skip
        guard(table, of_person(table))
    # Numbers, and links that two files tell of: for whoever opens the files, which `casework.guarded` says.
    guard(
        "people_personidentifier",
        Policy("one_s_own", f"{NEWCOMER} and person_id = {SCOPE}", "select"),
        silent=["sealed", "digest"],
    )
    guard("people_familylink")
    guard("people_personaccount", of_user(), Policy("managed", ADMINISTRATOR))
    guard(
        "people_personmerge",
        Policy("of_the_region", f"{role_in(Role.TEAM_LEAD)} and region_id = {REGION}"),
        silent=["before"],
    )
    guard("people_duplicatedecision", of_person("people_duplicatedecision"))
    close("words of names: the functions that search read them", "people_nameword")
    # Before a role is chosen, the account alone says who one is.
    guard(
        "people_person",
        Policy(
            "of_one_s_account",
            among("id", "people_personaccount", "person_id", f"user_id = {USER}"),
            "select",
        ),
    )
