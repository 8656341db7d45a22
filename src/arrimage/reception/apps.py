from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "arrimage.reception"

    def ready(self) -> None:
        from arrimage.foundation.imports import register
        from arrimage.people.merging.registry import move
        from arrimage.reception import portability, retention
        from arrimage.reception.imports import ArrivalsImporter

        register(ArrivalsImporter())
        portability.declare()
        retention.declare()
        move("reception.Arrival")
