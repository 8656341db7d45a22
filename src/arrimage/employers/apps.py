from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "arrimage.employers"

    def ready(self) -> None:
        from arrimage.employers import portability
        from arrimage.employers.imports import AccompanimentImporter, EmployerImporter
        from arrimage.foundation.imports import register

        register(AccompanimentImporter())
        register(EmployerImporter())
        portability.declare()
