"""Who read which record, and the exceptional accesses to review."""
