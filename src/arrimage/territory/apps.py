from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TerritoryConfig(AppConfig):
    name = "arrimage.territory"

    def ready(self) -> None:
        from arrimage.foundation.imports import register
        from arrimage.territory.imports import ServicePointsImporter
        from arrimage.territory.outline_imports import TerritoryImporter
        from arrimage.territory.reference import load_reference

        post_migrate.connect(load_reference, sender=self)
        register(ServicePointsImporter())
        register(TerritoryImporter())
