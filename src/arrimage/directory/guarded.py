"""The directory is public, but for the contacts that serve referrals; who works for an organisation is known to the
directorate and to that organisation."""

from arrimage.accounts.enums import Role
from arrimage.accounts.guarded import ADMINISTRATOR, PARTNERS, STAFF, of_user
from arrimage.directory.places.functions import FUNCTIONS
from arrimage.foundation.row_security import (
    ACTOR,
    REGION,
    SCOPE,
    Policy,
    add_function,
    guard,
    leave_open,
    role_in,
    sees,
)


def declare() -> None:
    for name, text in FUNCTIONS.items():
        add_function(name, text)
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
                "serviceclosure",
                "distinctservices",
                "servicejoining",
            )
        ),
    )
    leave_open(
        "words of the public directory, written by its triggers",
        "directory_servicedocument",
        "directory_directoryword",
        history=False,
        only=["select"],
    )
    leave_open("a public directory", "directory_serviceplaces", counted=["taken_by_referrals", "held"])
    leave_open("figures reckoned from a public directory", "directory_servicequality", history=False)
    _guard_upkeep()
    guard(
        "directory_contact",
        Policy("public", "is_public", "select"),
        Policy("known_to_the_directorate", STAFF),
        Policy(
            "of_the_organisation",
            f"{PARTNERS} and (organisation_id = {SCOPE} or {_of('service')} or {_of('location')}"
            f" or {sees('directory_serviceatlocation', 'id', 'service_at_location_id', only=_of('service'))})",
        ),
    )
    guard("directory_savedsearch", Policy("own", f"user_id = {ACTOR}"))
    guard("directory_searchalert", Policy("own", sees("directory_savedsearch", "id", "search_id")))
    # No person there, but how busy each organisation is. Removed with the row of places; else written by the database.
    guard(
        "directory_placehold",
        Policy("known_to_the_directorate", STAFF),
        Policy("of_the_organisation", f"{PARTNERS} and {_own_places('directory_placehold')}", "select"),
        only=["select", "delete"],
    )
    guard(
        "directory_placesadjustment",
        Policy("known_to_the_directorate", STAFF),
        Policy("of_the_organisation", f"{PARTNERS} and {_own_places('directory_placesadjustment')}"),
        only=["select", "insert", "delete"],
    )
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


def _guard_upkeep() -> None:
    """What an organisation and the advisors of its region settle between them."""
    for table in ("directory_review", "directory_proposal"):
        guard(
            table,
            Policy("of_the_organisation", f"{PARTNERS} and organisation_id = {SCOPE}"),
            Policy(
                "of_the_region",
                f"{role_in(Role.REGIONAL_ADVISOR)}"
                f" and organisation_id in (select id from directory_organisation where region_id = {REGION})",
            ),
        )
    guard("directory_proposalnotice", Policy("with_the_proposal", sees("directory_proposal", "id", "proposal_id")))
    guard("directory_reviewreminder", Policy("with_the_review", sees("directory_review", "id", "review_id"), "select"))


def _of(owner: str) -> str:
    """Return the condition that the service, or location, is of the partner's own organisation."""
    return f"{owner}_id in (select id from directory_{owner} where organisation_id = {SCOPE})"


def _own_places(table: str) -> str:
    """Return the condition that the places are of a service of the partner's own organisation."""
    return (
        f"{table}.places_id in (select p.id from directory_serviceplaces p"
        " join directory_serviceatlocation l on l.id = p.service_at_location_id"
        f" join directory_service s on s.id = l.service_id where s.organisation_id = {SCOPE})"
    )


def _contact() -> str:
    return sees("directory_contact", "id", "directory_phone.contact_id")
