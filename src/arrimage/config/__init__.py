"""Settings, addresses and doors: where the application meets its environment."""
