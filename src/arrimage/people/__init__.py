"""Persons and households: who they are, whatever file or region they are in."""
