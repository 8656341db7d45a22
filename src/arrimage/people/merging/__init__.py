"""Two records of one person: what is chosen of each, what follows the one that stays, and the way back."""
