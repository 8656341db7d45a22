"""Québec's regions, their municipalities and boroughs, the points of service, and the working days."""
