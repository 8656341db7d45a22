"""The registers the law asks for, and the requests of persons about their own information."""
