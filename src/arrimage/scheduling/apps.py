from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "arrimage.scheduling"

    def ready(self) -> None:
        from arrimage.scheduling import portability, retention

        portability.declare()
        retention.declare()
