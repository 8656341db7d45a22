"""The portrait of immigration in a region, for the staff."""
