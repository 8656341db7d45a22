"""The portrait for machines; the shape is fixed (`arrimage portrait --format json`)."""

import json
from dataclasses import asdict

from arrimage.reporting.portrait import Portrait


def portrait_to_json(portrait: Portrait) -> str:
    """Return `{"region", "tables": [{"code", "title", "source", "vintage", "columns", "rows", "notes"}]}`.

    A row is a list in the order of `columns`; null where the source hides the figure.
    """
    data = {"region": portrait.region.code, "tables": [asdict(table) for table in portrait.tables]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
