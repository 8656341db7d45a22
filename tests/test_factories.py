"""Every factory, and every trait, makes records that the database accepts, as many times as one likes."""

import inspect

import pytest
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = [
    found
    for _name, found in inspect.getmembers(factories, inspect.isclass)
    if issubclass(found, DjangoModelFactory) and not found._meta.abstract
]
CASES = [(factory, {}) for factory in FACTORIES] + [
    (factory, {name: True})
    for factory in FACTORIES
    for name, parameter in factory._meta.parameters.items()
    if hasattr(parameter, "overrides")
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "traits"), CASES, ids=lambda case: getattr(case, "__name__", None) or "+".join(case)
)
def test_factory_makes_what_the_database_accepts(factory, traits):
    first, second = factory(**traits), factory(**traits)
    assert first.pk != second.pk
