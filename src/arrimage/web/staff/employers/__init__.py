"""Employers of the region, and how they are accompanied."""
