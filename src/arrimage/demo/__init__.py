"""The demonstration: a region with its history, laid in the database as people would have."""
