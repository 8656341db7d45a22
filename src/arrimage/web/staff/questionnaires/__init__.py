"""The questionnaires, edited on pages: versions, questions, conditions, needs, translations, preview."""
