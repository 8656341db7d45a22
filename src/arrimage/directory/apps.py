from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    name = "arrimage.directory"

    def ready(self) -> None:
        from arrimage.directory.finding.documents import write_functions
        from arrimage.directory.imports import OrganisationImporter, ServiceImporter
        from arrimage.directory.reference import load_reference
        from arrimage.directory.upkeep import joining_tables
        from arrimage.foundation.imports import register

        post_migrate.connect(write_functions, sender=self)
        post_migrate.connect(load_reference, sender=self)
        register(OrganisationImporter())
        register(ServiceImporter())
        joining_tables.declare()
