from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "arrimage.scheduling"

    def ready(self) -> None:
        from arrimage.scheduling import merging, portability, retention

        portability.declare()
        retention.declare()
        merging.declare()
