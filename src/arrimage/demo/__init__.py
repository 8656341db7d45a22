"""The demonstration: Montréal with invented people and organisations, loaded by the imports and actions users have.

Everything is deterministic: the years 2020-2021 are fixed history, live work is laid around a given day. `tables/`
writes what offices would import; `planning/` says, as data, what happens to whom; `doing/` lets each role do it, in
bulk.
"""
