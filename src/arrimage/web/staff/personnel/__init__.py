"""The directorate's people: who holds which role; their accounts."""
