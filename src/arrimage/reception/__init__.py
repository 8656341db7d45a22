"""Arrivals: what a manifest announces, whom the airport meets, and the file that opens there."""
