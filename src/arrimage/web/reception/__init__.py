"""What the agents of the airport work in."""
