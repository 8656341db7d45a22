"""The directory is public; who works for an organisation is known to the directorate and to that organisation."""

from arrimage.accounts.guarded import ADMINISTRATOR, PARTNERS, STAFF, of_user
from arrimage.foundation.row_security import SCOPE, Policy, guard, leave_open, sees


def declare() -> None:
    leave_open(
        "a public directory",
        "directory_theme",
        "directory_organisation",
        "directory_service",
        "directory_service_themes",
    )
    guard(
        "directory_organisationmember",
        of_user(),
        Policy("managed", ADMINISTRATOR),
        Policy("known_to_the_directorate", STAFF, "select"),
        Policy("colleagues", f"{PARTNERS} and organisation_id = {SCOPE}", "select"),
    )
    guard(
        "accounts_user",
        Policy(
            "known_through_organisations",
            sees("directory_organisationmember", "user_id", "accounts_user.id"),
            "select",
        ),
    )
