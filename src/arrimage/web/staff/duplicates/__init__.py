"""Persons of the region who may be recorded twice."""
