"""The pages of a person and of a household, for whoever accompanies them."""
