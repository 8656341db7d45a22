"""The advisors' eyes on the upkeep of the directory."""
