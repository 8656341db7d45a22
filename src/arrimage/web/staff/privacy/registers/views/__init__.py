"""Incidents, communications, requests."""
