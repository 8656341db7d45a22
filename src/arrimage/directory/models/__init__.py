"""The directory, shaped on the Human Services Data Specification 3.0 (`docs/decisions/0040`): one module a part."""

from arrimage.directory.models.conditions import CostOption, EligibilityRule, RequiredDocument, ServiceArea
from arrimage.directory.models.locations import Accessibility, Address, Location, ServiceAtLocation, ServicePlaces
from arrimage.directory.models.organisations import Organisation, OrganisationMember
from arrimage.directory.models.places import PlaceHold, PlacesAdjustment
from arrimage.directory.models.reaching import Contact, Funding, Phone, Schedule
from arrimage.directory.models.services import Service
from arrimage.directory.models.taxonomies import Attribute, Taxonomy, TaxonomyTerm
from arrimage.directory.models.themes import Theme
from arrimage.directory.models.translations import Translation

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "CostOption",
    "EligibilityRule",
    "Funding",
    "Location",
    "Organisation",
    "OrganisationMember",
    "Phone",
    "PlaceHold",
    "PlacesAdjustment",
    "RequiredDocument",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServicePlaces",
    "Taxonomy",
    "TaxonomyTerm",
    "Theme",
    "Translation",
]
