"""Programmes and the agreements signed under them: money promised, paid, and what it was for."""
