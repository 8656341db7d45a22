"""How long each kind of record is kept, and how it ends."""
