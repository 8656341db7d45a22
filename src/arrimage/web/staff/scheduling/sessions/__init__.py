"""Group sessions: planned, filled, attended, attested."""
