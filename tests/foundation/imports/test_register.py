"""The register of imports."""

import pytest

from arrimage.foundation.imports import importer as registry
from arrimage.foundation.imports import importers, register
from tests.foundation.imports.files import PeopleImporter


@pytest.fixture(autouse=True)
def _empty_register(monkeypatch):
    monkeypatch.setattr(registry, "_registered", {})


def test_a_registered_importer_is_found_by_its_kind():
    register(PeopleImporter())

    assert list(importers()) == ["people"]


def test_registering_again_is_harmless():
    register(PeopleImporter())
    register(PeopleImporter())


def test_a_kind_belongs_to_one_class():
    class Other(PeopleImporter):
        pass

    register(PeopleImporter())
    with pytest.raises(ValueError, match="people"):
        register(Other())
