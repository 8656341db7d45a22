"""The pages of the questionnaires, by what one does there."""
