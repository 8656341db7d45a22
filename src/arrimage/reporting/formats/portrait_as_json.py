"""The portrait for machines; the shape is fixed (`arrimage portrait --format json`)."""

import json

from arrimage.reporting.portrait import Portrait

FIELDS = ("code", "title", "source", "vintage", "columns", "rows", "notes")


def portrait_to_json(portrait: Portrait) -> str:
    """Return `{"region", "tables": [{"code", "title", "source", "vintage", "columns", "rows", "notes"}]}`.

    A row is a list in the order of `columns`; null where the source hides the figure.
    """
    data = {
        "region": portrait.region.code,
        "tables": [{name: getattr(table, name) for name in FIELDS} for table in portrait.tables],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
