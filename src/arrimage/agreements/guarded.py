"""Agreements speak of money and organisations, never of persons."""

from arrimage.foundation.row_security import leave_open


def declare() -> None:
    leave_open(
        "money and organisations, no person",
        *(
            f"agreements_{name}"
            for name in (
                "programme", "stream", "agreement", "instalment", "deliverable", "localaction", "localaction_partners",
            )
        ),
    )  # fmt: skip
