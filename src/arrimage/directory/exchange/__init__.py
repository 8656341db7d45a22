"""HSDS 3.0, in and out: the standard's objects as rows of tables, nested in JSON or side by side in CSV.

`shapes` says what each object is; `gathering` reads rows from the database, `nesting` folds and unfolds them, `writing`
and `reading` are the files, `checking` refuses, `loading` writes. See `docs/decisions/0040`.
"""
