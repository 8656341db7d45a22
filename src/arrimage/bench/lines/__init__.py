"""What each line of the table of measures times."""
