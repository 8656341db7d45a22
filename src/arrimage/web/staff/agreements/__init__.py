"""Agreements, their instalments and deliverables, and local actions."""
