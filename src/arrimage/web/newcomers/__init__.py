"""What a newcomer sees: their own file, on a phone first."""
