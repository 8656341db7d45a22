"""Times: appointments, sessions, interpreters, the hours they are kept in."""
