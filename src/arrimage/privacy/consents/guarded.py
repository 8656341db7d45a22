"""Who gives, reads and takes back a consent: its region's people for who receives and accompanies, oneself."""

from arrimage.foundation.row_security import REGION, SCOPE, Policy, guard, leave_open, sees
from arrimage.people.guarded import IN_REGION, NEWCOMER, PROTECTION


def declare() -> None:
    leave_open("texts that are read to people, nobody's answers", "consents_consenttext")
    for table in ("consents_consent", "consents_refusal"):
        guard(
            table,
            Policy("of_the_region", IN_REGION),
            Policy("one_s_own", f"{NEWCOMER} and person_id = {SCOPE}"),
            Policy("protected", f"{PROTECTION} and ({REGION} is null or region_id = {REGION})", "select"),
            only=["select", "insert", "update"],
        )
    guard(
        "consents_consentevent",
        Policy("of_consents_one_sees", sees("consents_consent", "id", "consents_consentevent.consent_id")),
        no_history="events are never altered",
    )
