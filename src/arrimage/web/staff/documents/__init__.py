"""The documents of a file: what was given, by whom; adding, sharing, removing."""
