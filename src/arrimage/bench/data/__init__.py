"""Generated data: seeded, bounded, offline, and accepted by every constraint of the models."""
