"""What the agreements' tables hold of a newcomer: nothing. They name staff and organisations."""

from arrimage.privacy.portability.registry import Ground, withhold


def declare() -> None:
    withhold(Ground.NOT_ABOUT, "agreements.Agreement", "agreements.Instalment")
