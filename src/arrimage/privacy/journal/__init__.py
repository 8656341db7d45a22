"""Who opened whose record, when, on what ground; and the access that breaks the glass."""
