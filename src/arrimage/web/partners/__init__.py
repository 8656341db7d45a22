"""What partner organisations work in."""
