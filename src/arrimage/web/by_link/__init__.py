"""What people answer by the link of a message, without an account."""
