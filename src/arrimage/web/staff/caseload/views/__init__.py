"""One module a part of a file: each view parses, calls an action or a query, and renders."""
