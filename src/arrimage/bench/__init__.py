"""The measures of `docs/measures.md`: generated data, what each line times, its reference in the same run, the report.

`data/` fills an empty database with invented people by COPY (measurement data, not the demonstration); `lines/` holds
one module a group of lines; `running` does them in order and `report` writes what was found, reached or not.
"""
