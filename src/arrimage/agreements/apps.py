from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AgreementsConfig(AppConfig):
    name = "arrimage.agreements"

    def ready(self) -> None:
        from arrimage.agreements import imports, joining, portability
        from arrimage.agreements.reference import load_reference
        from arrimage.foundation.imports import register

        post_migrate.connect(load_reference, sender=self)
        register(imports.AgreementImporter())
        register(imports.DeliverableImporter())
        register(imports.InstalmentImporter())
        register(imports.LocalActionImporter())
        portability.declare()
        joining.declare()
