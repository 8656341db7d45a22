"""What an organisation changes by itself, and what an advisor reads first: the only table of it."""

from arrimage.directory.models import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    EligibilityRule,
    Organisation,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    ServicePlaces,
)
from arrimage.directory.models.parts import Part
from arrimage.foundation.models import Record

# By record, the fields proposed together: what it is called, who it is for and what it costs is read first.
MODERATED_FIELDS: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    Organisation: (("name",), ("alternate_name",), ("description",)),
    Service: (
        ("name",), ("alternate_name",), ("description",), ("eligibility_description",), ("minimum_age", "maximum_age"),
        ("fees_description",),
    ),
}  # fmt: skip
# What an organisation says of a service it proposes, with its themes and where it is; the rest comes once it exists.
NEW_SERVICE_FIELDS = (
    "name", "description", "eligibility_description", "languages", "modes", "fees_description", "delay_days",
)  # fmt: skip
# What tells people how to come takes effect at once.
IMMEDIATE_FIELDS: dict[type[Record], frozenset[str]] = {
    Organisation: frozenset({"address", "place", "phone", "email", "website"}),
    Service: frozenset(
        {"alert", "languages", "modes", "application_process", "url", "email", "contact_email", "delay_days"}
    ),
}
MODERATED_PARTS: dict[str, type[CostOption | EligibilityRule]] = {
    model._meta.model_name or "": model for model in (CostOption, EligibilityRule)
}
IMMEDIATE_PARTS: frozenset[type[Part]] = frozenset(
    {Accessibility, Address, Contact, Phone, RequiredDocument, Schedule, ServiceAtLocation, ServicePlaces}
)


def is_moderated(model: type[Record]) -> bool:
    """Say whether parts of this kind are proposed."""
    return model in MODERATED_PARTS.values()
