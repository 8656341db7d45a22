"""Employers, and the accompaniment they receive to recruit and keep people."""
