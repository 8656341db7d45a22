"""What the records say: indicators with their definitions and evidence, and the bilan made of them."""
