from django.apps import AppConfig


class OccupationsConfig(AppConfig):
    name = "arrimage.occupations"

    def ready(self) -> None:
        from arrimage.foundation.imports import register
        from arrimage.occupations.imports import OccupationImporter

        register(OccupationImporter())
