from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchedulingConfig(AppConfig):
    name = "arrimage.scheduling"

    def ready(self) -> None:
        from arrimage.foundation.imports import register
        from arrimage.scheduling import interpreter_letters, merging, portability, retention
        from arrimage.scheduling.imports import InterpreterImporter
        from arrimage.scheduling.reference import load_reference

        interpreter_letters.declare()
        portability.declare()
        retention.declare()
        merging.declare()
        register(InterpreterImporter())
        post_migrate.connect(load_reference, sender=self)
