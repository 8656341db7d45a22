"""Places counted: who holds one, who waits for one, and what changes their number (`docs/decisions/0045`)."""
