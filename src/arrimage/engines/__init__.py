"""Computation alone: pure Python, typed, usable without Django."""
