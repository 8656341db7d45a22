"""Who reads the history, and the tables of Django itself."""

from arrimage.foundation import queue
from arrimage.foundation.row_security import ROLE, Policy, guard, leave_open, setting


def declare() -> None:
    """Whoever may see a record may see what became of it."""
    guard(
        "foundation_change",
        Policy("of_what_one_sees", f"{ROLE} is not null and arrimage_sees(table_name, record_id)"),
        no_history="it is the history",
        only=["select"],
    )
    guard(
        "django_session",
        Policy("by_its_key", f"session_key = {setting('session')}"),
        no_history="sessions come and go by themselves",
    )
    for table in queue.TABLES:
        guard(
            table,
            Policy("worker", f"{ROLE} = '{queue.WORKER}'"),
            no_history="the queue keeps its own events, and forgets",
            system=False,
        )
    leave_open("names of Django's own", "django_content_type", history=False)
    leave_open("what the owner migrated", "django_migrations", history=False, only=["select"])
    leave_open(
        "not used: rights come from grants", "auth_group", "auth_group_permissions", "auth_permission", history=False
    )
