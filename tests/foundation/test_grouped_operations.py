"""Operations done as one leave the state and the database that they leave one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from arrimage.foundation.grouped_operations import Grouped
from tests.roles import as_owner

KEY = ("id", models.BigAutoField(primary_key=True))
CREATED = [
    migrations.CreateModel("House", [KEY, ("name", models.CharField(max_length=20))]),
    migrations.CreateModel("Room", [KEY, ("house", models.ForeignKey("grouped.house", models.CASCADE))]),
]
ADDED = [
    migrations.AddField("Room", "number", models.IntegerField(default=1)),
    migrations.AddField(
        "House", "best", models.ForeignKey("grouped.room", models.SET_NULL, null=True, related_name="+")
    ),
    migrations.AddConstraint("Room", models.UniqueConstraint(fields=["house", "number"], name="room_once_a_house")),
    migrations.AddIndex("House", models.Index(fields=["name"], name="house_by_name")),
]


def done(operations: list[Operation]) -> tuple[ProjectState, list[str]]:
    """Return the state after the operations, each done on a drawn state, and what they asked of the database."""
    state = ProjectState()
    assert state.apps
    with as_owner(), connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for operation in operations:
            before, state = state, state.clone()
            operation.state_forwards("grouped", state)
            operation.database_forwards("grouped", editor, before, state)
    return state, editor.collected_sql


@pytest.mark.django_db
def test_the_same_state_and_the_same_statements_as_one_by_one() -> None:
    one_by_one, asked = done([*CREATED, *ADDED])
    grouped, asked_together = done([Grouped(CREATED), Grouped(ADDED)])

    assert grouped == one_by_one
    assert sorted(asked_together) == sorted(asked)
    assert [line for line in asked if "room_once_a_house" in line]


@pytest.mark.django_db
def test_the_models_drawn_are_those_of_the_end() -> None:
    state, _ = done([Grouped(CREATED), Grouped(ADDED)])

    house, room = (state.apps.get_model("grouped", name) for name in ("House", "Room"))
    assert {field.name for field in house._meta.get_fields()} == {"id", "name", "best", "room"}
    assert room._meta.get_field("house").related_model is house
    assert room._meta.constraints[0].name == "room_once_a_house"
