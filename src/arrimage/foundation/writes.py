"""Writing many rows at once."""

from collections.abc import Iterable, Sequence

import pgbulk
from django.db import models

BATCH = 5_000


def update_rows(model: type[models.Model], records: Iterable[models.Model], fields: Sequence[str]) -> None:
    """Update `fields` of records that exist, by one `UPDATE … FROM (VALUES …)` for each 5,000.

    Django's `bulk_update` writes one `CASE` with a branch for each row, which the database reads through for each
    row: the cost grows with the square of the batch.
    """
    rows = list(records)
    relations = [field for name in fields if isinstance(field := model._meta.get_field(name), models.ForeignKey)]
    for record in rows:
        for relation in relations:
            # A related record may have been saved after it was set: its key is known only now.
            if relation.is_cached(record) and (related := relation.get_cached_value(record)) is not None:
                setattr(record, relation.attname, related.pk)
                relation.set_cached_value(record, related)  # which setting the key made Django forget
    for start in range(0, len(rows), BATCH):
        pgbulk.update(model._base_manager.all(), rows[start : start + BATCH], list(fields))
