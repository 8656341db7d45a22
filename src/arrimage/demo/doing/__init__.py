"""What each role does, in bulk, by the same actions as their pages, each on its day. `planning` says what happens."""
