"""Documents people give: checked, encrypted, kept out of the web's reach and served through rights."""
