"""The ways in for programs: JSON, HSDS, open data, calendars."""
