"""Finding services: what is asked (`criteria`), the services that answer (`searching`), why each does (`why`)."""
