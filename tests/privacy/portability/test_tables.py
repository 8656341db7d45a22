"""Every table that mentions a person is spoken of: found from the models, never from a list."""

import pytest
from django.apps import apps
from django.utils.text import camel_case_to_spaces

from arrimage.people.models import Person
from arrimage.privacy.portability.collecting import column_label
from arrimage.privacy.portability.graph import foreign_keys, tables_that_reach, tables_to_declare
from arrimage.privacy.portability.registry import Ground, declarations, declared
from arrimage.privacy.portability.values import TECHNICAL


def test_a_table_nobody_spoke_of_fails_here() -> None:
    silent = {model._meta.label for model in tables_to_declare() if model._meta.label_lower not in declared()}
    assert silent == set(), "say in the room's portability.py what these hold of a person, or why it is withheld"


def test_what_is_said_is_of_tables_that_exist_and_of_their_columns() -> None:
    for declaration in declarations():
        model = apps.get_model(declaration.model_label)
        names = {field.name for field in model._meta.concrete_fields}
        assert declaration.withheld.keys() <= names, declaration.model_label
        assert not declaration.withheld.keys() & declaration.extra.keys(), declaration.model_label


def test_a_table_is_handed_over_or_withheld_on_a_ground_of_the_law() -> None:
    for declaration in declarations():
        assert (declaration.ground is None) == bool(declaration.paths or declaration.rows), declaration.model_label
    assert all("article" in str(ground.text) for ground in Ground)


def test_the_walk_goes_through_every_kind_of_relation() -> None:
    reached = {model._meta.label for model in tables_that_reach(Person)}
    direct = {"casework.File", "people.Member", "reception.Arrival"}
    through_others = {"casework.ReferralEvent", "reception.Party", "scheduling.Appointment", "people.Household"}
    assert direct | through_others <= reached
    assert "territory.Region" not in reached


@pytest.mark.parametrize("label", ["casework.Referral", "casework.Need"])
def test_foreign_keys_include_those_inherited(label: str) -> None:
    assert "file" in {key.name for key in foreign_keys(apps.get_model(label))}


def test_every_table_and_column_has_a_name_people_read() -> None:
    unnamed = set()
    for declaration in declarations():
        model = declaration.model
        derived = camel_case_to_spaces(model.__name__)
        if not declaration.label and model._meta.verbose_name == derived and derived not in THE_SAME_IN_FRENCH:
            unnamed.add(declaration.model_label)
        if declaration.ground is not None:
            continue
        for column in model._meta.concrete_fields:
            if column.name in TECHNICAL or column.name in declaration.extra:
                continue
            label = column_label(declaration, column)
            if label == column.name.replace("_", " ") and label not in THE_SAME_IN_FRENCH:
                unnamed.add(f"{declaration.model_label}.{column.name}")
    assert unnamed == set()


THE_SAME_IN_FRENCH = {
    "absence",
    "description",
    "destination",
    "document",
    "incident",
    "message",
    "note",
    "plan",
    "service",
    "signature",
}
