"""The classification is public."""

from arrimage.foundation.row_security import leave_open


def declare() -> None:
    leave_open("a public classification, no person", "occupations_occupation")
