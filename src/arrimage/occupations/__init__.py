"""The national classification of occupations: what people's professions and employers' vacancies are called."""
