"""Employers are seen by who accompanies them in the region, and by their own people."""

from arrimage.accounts.enums import EMPLOYER_ROLES, Role
from arrimage.accounts.guarded import ADMINISTRATOR, of_user
from arrimage.foundation.row_security import REGION, SCOPE, USER, Policy, among, guard, role_in, sees

ADVISORS = role_in(Role.REGIONAL_ADVISOR, Role.RECRUITMENT_ADVISOR)
READERS = role_in(Role.REGIONAL_ADVISOR, Role.RECRUITMENT_ADVISOR, Role.REGIONAL_DIRECTOR)
THEIRS = role_in(*EMPLOYER_ROLES)


def declare() -> None:
    accompanied = sees("employers_accompaniment", "employer_id", "employers_employer.id")
    of_accompaniment = sees("employers_accompaniment", "id", "employers_accompanimentevent.accompaniment_id")
    guard(
        "employers_employer",
        Policy("of_the_region", f"{READERS} and (region_id = {REGION} or {accompanied})", "select"),
        Policy("kept_by_advisors", f"{ADVISORS} and (region_id = {REGION} or {accompanied})"),
        Policy("one_s_own", f"{THEIRS} and id = {SCOPE}"),
        Policy(
            "of_one_s_account",
            among("id", "employers_employermember", "employer_id", f"user_id = {USER}"),
            "select",
        ),
    )
    guard(
        "employers_accompaniment",
        Policy("of_the_region", f"{READERS} and region_id = {REGION}", "select"),
        Policy("given_by_advisors", f"{ADVISORS} and region_id = {REGION}"),
        Policy("one_s_own", f"{THEIRS} and employer_id = {SCOPE}"),
    )
    guard(
        "employers_accompanimentevent",
        Policy("of_accompaniments_one_sees", of_accompaniment),
        no_history="events are never altered",
    )
    guard(
        "employers_employermember",
        of_user(),
        Policy("managed", ADMINISTRATOR),
        Policy("known_to_advisors", READERS, "select"),
        Policy("colleagues", f"{THEIRS} and employer_id = {SCOPE}", "select"),
    )
    guard(
        "accounts_user",
        Policy("known_through_employers", sees("employers_employermember", "user_id", "accounts_user.id"), "select"),
    )
