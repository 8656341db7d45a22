"""What needs somebody now: the first page of each role."""
