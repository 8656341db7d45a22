"""Tables of agreements, their instalments and deliverables, and local actions."""

from arrimage.agreements.imports.agreements import AgreementImporter
from arrimage.agreements.imports.local_actions import LocalActionImporter
from arrimage.agreements.imports.parts import DeliverableImporter, InstalmentImporter

__all__ = ["AgreementImporter", "DeliverableImporter", "InstalmentImporter", "LocalActionImporter"]
