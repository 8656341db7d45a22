"""The objects of HSDS 3.0 that we keep, and our own beside them: for each, its file and where its fields are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, Field, ForeignKey, Q
from django.db.models.expressions import Combinable

from arrimage.directory import models as m
from arrimage.foundation.models import Record

Json = dict[str, Any]
Rows = dict[str, list[Json]]  # by kind of object, in the order of the database

# Our field → the standard's name, where they differ.
_RENAMED = {
    "organisation": "organization_id",
    "service": "service_id",
    "location": "location_id",
    "service_at_location": "service_at_location_id",
    "contact": "contact_id",
    "taxonomy": "taxonomy_id",
    "term": "taxonomy_term_id",
}
KINDS_BY_KEY = {
    "organization_id": "organization",
    "service_id": "service",
    "location_id": "location",
    "service_at_location_id": "service_at_location",
    "contact_id": "contact",
    "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
}


@dataclass(frozen=True)
class Shape:
    """One kind of object. `fields` maps the standard's names to our fields; `nested` is its list inside its owner.

    `required` are written even when they are empty, and must be in what is read. `ours` are the fields the standard
    does not have, or says elsewhere: where a package is silent about them, they stay as they are. `set_once` are given
    to a new record and never changed: they are counted here since. `reckoned` are written from more than their field.
    """

    kind: str
    file: str
    model: type[Record]
    fields: Mapping[str, str]
    nested: str = ""
    required: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    set_once: tuple[str, ...] = ()
    reckoned: Mapping[str, Combinable] = field(default_factory=dict)
    only: Q | None = None

    @cached_property
    def owners(self) -> dict[str, str]:
        """Return the keys by which it belongs to another object, and the kinds of these; empty for what stands alone.

        An attribute names its owner by two fields, `link_id` and `link_entity`.
        """
        names = getattr(self.model, "owners", ("organisation",) if self.nested else ())
        return {_RENAMED[name]: KINDS_BY_KEY[_RENAMED[name]] for name in names}

    @cached_property
    def references(self) -> dict[str, str]:
        """Return its keys that name other objects, and the kinds of these."""
        found = {}
        for name in self.fields:
            column = self.column(name)
            if isinstance(column, ForeignKey) and column.related_model in BY_MODEL:
                found[name] = BY_MODEL[column.related_model].kind
        return found

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """Return the references that never change: what a record belongs to."""
        return tuple(name for name in self.references if name in self.owners or name == "organization_id")

    def column(self, name: str) -> "Field[Any, Any]":
        """Return the database's field behind a name of the standard."""
        found = self.model._meta.get_field(self.fields[name])
        assert isinstance(found, Field)
        return found


# Who reads a package refers from elsewhere: to them, whoever has a place has taken it.
_NOT_FREE = F("taken") + F("taken_by_referrals") + F("held")


def _fields(*names: str, **renamed: str) -> dict[str, str]:
    """Return the mapping of our fields under the standard's names; `renamed` gives the standard's name first."""
    return {_RENAMED.get(name, name): name for name in names} | renamed


SHAPES = (
    Shape(
        "organization", "organizations.csv", m.Organisation,
        _fields(
            "name", "alternate_name", "description", "email", "website", "year_incorporated", "legal_status", "logo",
            "uri", "kind", "region", "municipality", "neq", "phone", "address", "place",
            parent_organization_id="parent",
        ),
        required=("name", "description"), ours=("kind", "region", "municipality", "neq", "phone", "address", "place"),
    ),
    Shape("taxonomy", "taxonomies.csv", m.Taxonomy, _fields("name", "description", "uri", version="edition"),
          required=("name", "description")),
    Shape(
        "taxonomy_term", "taxonomy_terms.csv", m.TaxonomyTerm,
        _fields("taxonomy", "code", "name", "description", "language", "term_uri", parent_id="parent"),
        required=("name", "description"),
    ),
    Shape(
        "location", "locations.csv", m.Location,
        _fields(
            "organisation", "location_type", "url", "name", "alternate_name", "description", "transportation",
            "latitude", "longitude", "external_identifier", "external_identifier_type", "place", "languages",
        ),
        nested="locations", required=("location_type",), ours=("place", "languages"),
    ),
    Shape(
        "service", "services.csv", m.Service,
        _fields(
            "organisation", "name", "alternate_name", "description", "url", "email", "interpretation_services",
            "application_process", "fees_description", "accreditations", "eligibility_description", "minimum_age",
            "maximum_age", "assured_date", "assurer_email", "alert", "is_offered", "closure", "modes", "referrers",
            "delay_days", "languages", last_modified="updated_at",
        ),
        required=("name",), ours=("modes", "referrers", "delay_days", "languages"), set_once=("last_modified",),
    ),
    Shape("service_at_location", "service_at_location.csv", m.ServiceAtLocation,
          _fields("service", "location", "description"), nested="service_at_locations"),
    Shape(
        "address", "addresses.csv", m.Address,
        _fields(
            "location", "attention", "address_1", "address_2", "city", "region", "state_province", "postal_code",
            "country", "address_type",
        ),
        nested="addresses",
        required=("address_1", "city", "state_province", "postal_code", "country", "address_type"),
    ),
    Shape("accessibility", "accessibility.csv", m.Accessibility,
          _fields("location", "description", "details", "url"), nested="accessibility"),
    Shape(
        "contact", "contacts.csv", m.Contact,
        _fields("organisation", "service", "service_at_location", "location", "name", "title", "department", "email"),
        nested="contacts", only=Q(is_public=True),
    ),
    Shape(
        "phone", "phones.csv", m.Phone,
        _fields(
            "location", "service", "organisation", "contact", "service_at_location", "number", "extension", "type",
            "description", "languages",
        ),
        nested="phones", required=("number",), ours=("languages",),
        only=Q(contact=None) | Q(contact__is_public=True),
    ),
    Shape(
        "schedule", "schedules.csv", m.Schedule,
        _fields(
            "service", "location", "service_at_location", "valid_from", "valid_to", "dtstart", "timezone", "until",
            "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description",
            "opens_at", "closes_at", "schedule_link", "attending_type", "notes",
        ),
        nested="schedules",
    ),
    Shape("funding", "funding.csv", m.Funding, _fields("organisation", "service", "source"), nested="funding"),
    Shape("service_area", "service_areas.csv", m.ServiceArea,
          _fields("service", "name", "description", "extent", "extent_type", "uri"), nested="service_areas"),
    Shape("required_document", "required_documents.csv", m.RequiredDocument, _fields("service", "document", "uri"),
          nested="required_documents"),
    Shape(
        "cost_option", "cost_options.csv", m.CostOption,
        _fields("service", "valid_from", "valid_to", "option", "currency", "amount", "amount_description"),
        nested="cost_options",
    ),
    Shape(
        "attribute", "attributes.csv", m.Attribute,
        _fields("organisation", "service", "location", "service_at_location", "term", "link_type", "value"),
        nested="attributes", required=("taxonomy_term_id",),
    ),
    # Ours, which the standard lets a profile add.
    Shape(
        "eligibility_rule", "eligibility_rules.csv", m.EligibilityRule,
        _fields(
            "service", "categories", "counted_from", "months_at_least", "months_less_than", "from_on", "to_on",
            "minimum_age", "maximum_age", "region", "reason",
        ),
        nested="eligibility_rules",
    ),
    Shape("places", "places.csv", m.ServicePlaces, _fields("service_at_location", "capacity", "taken", "next_on"),
          nested="places", required=("capacity",), set_once=("taken",), reckoned={"taken": _NOT_FREE}),
    Shape(
        "translation", "translations.csv", m.Translation,
        _fields("organisation", "service", "location", "field", "language", "text", "status"),
        nested="translations", required=("field", "language", "text", "status"),
    ),
)  # fmt: skip
BY_KIND = {shape.kind: shape for shape in SHAPES}
BY_MODEL = {shape.model: shape for shape in SHAPES}
# What stands for itself in a package; the rest are parts, and go with what they belong to.
WHOLES = ("organization", "taxonomy", "taxonomy_term", "location", "service")
