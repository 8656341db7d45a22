"""Public statistical tables of others (admissions, permits, census), as they were published, with their rules."""
