"""The directory: organisations and their services."""
