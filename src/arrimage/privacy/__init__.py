"""What protects the persons: consents, the journal of reading, the law's registers, the end of what is kept."""
