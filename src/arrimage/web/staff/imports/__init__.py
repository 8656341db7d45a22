"""Bringing tables in: one page for every kind of import."""
