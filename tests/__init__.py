"""Tests mirror `src/arrimage`; journeys in a real browser are in `browser/`."""
