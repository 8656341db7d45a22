"""The national classification of occupations, to search."""
