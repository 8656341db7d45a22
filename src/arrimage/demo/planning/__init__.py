"""What happens to whom and when, as data: nothing here reads or writes a record.

The same day gives the same plan. `doing` carries it out.
"""
