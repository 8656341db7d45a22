"""Finding a person, a file, an organisation, an employer."""
