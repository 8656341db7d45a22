"""Appointments: who receives whom, when and where, never two at once."""
