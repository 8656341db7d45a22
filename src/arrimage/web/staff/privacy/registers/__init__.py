"""The registers of the privacy officer, and the requests of persons."""
