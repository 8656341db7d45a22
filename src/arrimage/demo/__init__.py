"""The demonstration: Montréal with invented people and organisations, loaded by the imports and actions users have.

Everything is deterministic: the years 2020-2021 are fixed history, live work is laid around a given day. `tables/`
writes what offices would import; `chain` then does what each role does, in bulk.
"""
