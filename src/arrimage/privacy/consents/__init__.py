"""Consent, by purpose and recipient."""
