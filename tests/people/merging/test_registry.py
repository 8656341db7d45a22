"""Every table that points at a person says what becomes of it when two records are merged: found from the models."""

from django.apps import apps

from arrimage.people.merging.registry import Held, moved_tables, pointing_at_persons, tables, undeclared


def test_a_table_nobody_spoke_of_fails_here() -> None:
    assert undeclared() == set(), "say in the room's apps.ready what a merge of two persons does with it"


def test_what_is_said_is_of_columns_that_exist() -> None:
    found = set(pointing_at_persons())
    assert {(table.model_label, column) for table in tables() for column in table.columns} <= found


def test_the_walk_finds_the_rooms_above() -> None:
    assert {("casework.File", "person"), ("consents.Consent", "guardian")} <= set(pointing_at_persons())


def test_what_stays_says_why_and_what_is_shortened_has_dates() -> None:
    assert all(table.why for table in tables() if table.held is None)
    for table in moved_tables():
        if table.held is Held.SHORTEN:
            columns = {column.name for column in apps.get_model(table.model_label)._meta.concrete_fields}
            assert {"starts_on", "ends_on"} <= columns
