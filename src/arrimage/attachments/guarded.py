"""Who reaches a document: whoever gave it; whom it belongs to is said by the room that keeps it."""

from arrimage.accounts.guarded import STAFF
from arrimage.foundation.row_security import ACTOR, REGION, Policy, guard, sees


def declare() -> None:
    theirs = f"uploaded_by_id = {ACTOR} and ({REGION} is null or region_id is null or region_id = {REGION})"
    guard(
        "attachments_attachment",
        Policy("given_by_oneself", f"uploaded_by_id = {ACTOR}", "select"),
        Policy("giving", theirs, "insert"),
        Policy(
            "of_documents_one_sees",
            sees("casework_document", "attachment_id", "attachments_attachment.id"),
            "select",
        ),
        Policy("of_consents_one_sees", sees("consents_consent", "scan_id", "attachments_attachment.id"), "select"),
        Policy(
            "ended",
            f"{STAFF} and (uploaded_by_id = {ACTOR} or "
            f"{sees('casework_document', 'attachment_id', 'attachments_attachment.id')})",
            "update",
        ),
        silent=["wrapped_key", "key_id"],
        only=["select", "insert", "update"],
    )
