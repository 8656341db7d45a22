"""Everything the records say of one person, as they may receive it."""
