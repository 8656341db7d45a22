"""What employers work in."""
