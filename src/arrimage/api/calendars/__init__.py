"""Calendars read by other programs, at a secret address (RFC 5545)."""
