"""Who sees an account and a role."""

from arrimage.accounts.enums import PARTNER_ROLES, STAFF_ROLES, Role
from arrimage.foundation.row_security import ROLE, USER, Policy, guard, role_in, sees, setting

STAFF = role_in(*STAFF_ROLES)
PARTNERS = role_in(*PARTNER_ROLES)
ADMINISTRATOR = role_in(Role.ADMINISTRATOR)
ACTING = f"{ROLE} is not null"


def of_user(column: str = "user_id") -> Policy:
    """Return the policy of what belongs to the account that is signed in, or being signed in."""
    return Policy("own", f"{column} = {USER}")


def declare() -> None:
    """One sees one's own account, colleagues of the directorate by name, all of them for who manages accounts."""
    guard(
        "accounts_user",
        of_user("id"),
        Policy("signing_in", f"lower(email) = {setting('sign_in')}", "select"),
        Policy("managed", ADMINISTRATOR),
        Policy(
            "colleagues_of_the_directorate",
            f"{ACTING} and {sees('accounts_rolegrant', 'user_id', 'accounts_user.id')}",
            "select",
        ),
        silent=["password", "last_login"],
    )
    guard(
        "accounts_rolegrant",
        of_user(),
        Policy("managed", ADMINISTRATOR),
        Policy("of_the_directorate", ACTING, "select"),
    )
