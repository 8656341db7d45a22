from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "arrimage.statistics"

    def ready(self) -> None:
        from arrimage.foundation.imports import register
        from arrimage.statistics.imports import StatisticsImporter

        register(StatisticsImporter())
