"""The owner of the database: who fills it by COPY (refused under policies), and does the same work without policies.

Measures are the web's role's; what the owner does is their reference, or what an installation leaves to them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from arrimage.accounts.rights import system_actor

# In whose name rows are generated and sessions opened: no person, who reaches every row.
MEASURES = system_actor("mesures")


class Owner:
    """Who may do everything, at `url`, which is `address` for Django; one connection is kept until `close`."""

    def __init__(self, url: str, address: dict[str, Any]) -> None:
        self.url = url
        self._address = address
        self._connection: BaseDatabaseWrapper | None = None

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Let Django, in this thread, speak to the database as its owner inside the block. Not within a transaction."""
        usual = connections[DEFAULT_DB_ALIAS]
        if usual.in_atomic_block:
            raise RuntimeError("the owner speaks in transactions of their own")
        if self._connection is None:
            options = {**self._address["OPTIONS"], "options": usual.settings_dict["OPTIONS"].get("options", "")}
            settings = {**usual.settings_dict, **self._address, "OPTIONS": options}
            self._connection = type(usual)(settings, DEFAULT_DB_ALIAS)
        connections[DEFAULT_DB_ALIAS] = self._connection
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = usual

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
