"""What the directorate's agents, advisors and director work in."""
