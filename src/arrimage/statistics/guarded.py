"""Published aggregates; a corrected figure keeps its history, the names of series do not."""

from arrimage.foundation.row_security import leave_open


def declare() -> None:
    leave_open("published aggregates, no person", "statistics_vintage", "statistics_observation")
    leave_open("names of lines of published tables, no person", "statistics_series", history=False)
