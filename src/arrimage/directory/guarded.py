"""The directory is public, but for the contacts that serve referrals; who works for an organisation is known to the
directorate and to that organisation."""

from arrimage.accounts.guarded import ADMINISTRATOR, PARTNERS, STAFF, of_user
from arrimage.foundation.row_security import SCOPE, Policy, guard, leave_open, sees


def declare() -> None:
    leave_open(
        "a public directory",
        *(
            f"directory_{name}"
            for name in (
                "theme",
                "organisation",
                "service",
                "service_themes",
                "location",
                "address",
                "accessibility",
                "serviceatlocation",
                "serviceplaces",
                "schedule",
                "funding",
                "costoption",
                "requireddocument",
                "servicearea",
                "eligibilityrule",
                "taxonomy",
                "taxonomyterm",
                "attribute",
                "translation",
            )
        ),
    )
    leave_open(
        "words of the public directory, written by its triggers",
        "directory_servicedocument",
        "directory_directoryword",
        history=False,
    )
    guard(
        "directory_contact",
        Policy("public", "is_public", "select"),
        Policy("known_to_the_directorate", STAFF),
        Policy(
            "of_the_organisation",
            f"{PARTNERS} and (organisation_id = {SCOPE} or {_of('service')} or {_of('location')}"
            f" or {sees('directory_serviceatlocation', 'id', 'service_at_location_id', only=_of('service'))})",
            "select",
        ),
    )
    guard("directory_savedsearch", of_user())
    guard("directory_searchalert", Policy("own", sees("directory_savedsearch", "id", "search_id")))
    guard("directory_phone", Policy("with_what_it_reaches", f"contact_id is null or {_contact()}"))
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


def _of(owner: str) -> str:
    """Return the condition that the service, or location, is of the partner's own organisation."""
    return f"{owner}_id in (select id from directory_{owner} where organisation_id = {SCOPE})"


def _contact() -> str:
    return sees("directory_contact", "id", "directory_phone.contact_id")
