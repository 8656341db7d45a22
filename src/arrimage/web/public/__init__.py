"""What anybody sees, without an account."""
