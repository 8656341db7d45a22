"""Migrations that do not draw every model again after each of their operations.

Django draws the models related to the one that changed, nearly all of ours, after each constraint, index, field or
trigger. Operations of one kind that follow each other are done as one here: the models are drawn once
(`docs/decisions/0047-migrations-drawn-once.md`). What a database gets is the same.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Grouped(Operation):
    """Operations of one migration that may all be done against the models as they are after the last of them.

    Models may be created together, and fields, indexes, constraints and triggers added together, to models that exist.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        drawn = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if drawn is not None:
            state.__dict__["apps"] = drawn
            state.reload_models([(app_label, name) for name in self._models()], delay=False)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    def _models(self) -> Iterator[str]:
        for operation in self.operations:
            named: Any = operation
            yield (named.model_name if hasattr(named, "model_name") else named.name).lower()
