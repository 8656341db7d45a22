"""Who sees an account and a role."""

from arrimage.accounts.enums import PARTNER_ROLES, STAFF_ROLES, Role
from arrimage.foundation.row_security import ROLE, USER, Policy, guard, leave_open, role_in, sees, setting

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
            "the_directorate_s_people",
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
    for table in (
        "account_emailaddress",
        "mfa_authenticator",
        "socialaccount_socialaccount",
        "usersessions_usersession",
    ):
        guard(table, of_user(), Policy("managed", ADMINISTRATOR), no_history="secrets and sessions")
    # A forgotten password: allauth writes the address down, if it was not yet.
    guard("account_emailaddress", Policy("signing_in", f"lower(email) = {setting('sign_in')}"))
    guard(
        "account_emailconfirmation",
        Policy("own", sees("account_emailaddress", "id", "account_emailconfirmation.email_address_id")),
        no_history="links that end by themselves",
    )
    guard(
        "socialaccount_socialtoken",
        Policy("own", sees("socialaccount_socialaccount", "id", "socialaccount_socialtoken.account_id")),
        no_history="secrets",
    )
    leave_open("not used: the identity provider is in the settings", "socialaccount_socialapp", history=False)
    guard("accounts_letter", no_history="a letter says itself what became of it")
    leave_open("counters of attempts, under keys that name nobody", "accounts_cache", history=False)
