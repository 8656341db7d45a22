"""The directory, shaped on the Human Services Data Specification 3.0 (`docs/decisions/0040`): one module a part."""

from arrimage.directory.models.conditions import CostOption, EligibilityRule, RequiredDocument, ServiceArea
from arrimage.directory.models.documents import DirectoryWord, ServiceDocument
from arrimage.directory.models.locations import Accessibility, Address, Location, ServiceAtLocation, ServicePlaces
from arrimage.directory.models.organisations import Organisation, OrganisationMember
from arrimage.directory.models.places import PlaceHold, PlacesAdjustment
from arrimage.directory.models.reaching import Contact, Funding, Phone, Schedule
from arrimage.directory.models.saved_searches import SavedSearch, SearchAlert
from arrimage.directory.models.services import Service
from arrimage.directory.models.taxonomies import Attribute, Taxonomy, TaxonomyTerm
from arrimage.directory.models.themes import Theme
from arrimage.directory.models.translations import Translation
from arrimage.directory.models.upkeep import (
    DistinctServices,
    Proposal,
    ProposalNotice,
    Review,
    ReviewReminder,
    ServiceClosure,
    ServiceJoining,
    ServiceQuality,
)

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "CostOption",
    "DirectoryWord",
    "DistinctServices",
    "EligibilityRule",
    "Funding",
    "Location",
    "Organisation",
    "OrganisationMember",
    "Phone",
    "PlaceHold",
    "PlacesAdjustment",
    "Proposal",
    "ProposalNotice",
    "RequiredDocument",
    "Review",
    "ReviewReminder",
    "SavedSearch",
    "Schedule",
    "SearchAlert",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceClosure",
    "ServiceDocument",
    "ServiceJoining",
    "ServicePlaces",
    "ServiceQuality",
    "Taxonomy",
    "TaxonomyTerm",
    "Theme",
    "Translation",
]
