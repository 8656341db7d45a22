from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "arrimage.scheduling"

    def ready(self) -> None:
        from arrimage.scheduling import interpreter_letters, merging, portability, retention

        interpreter_letters.declare()
        portability.declare()
        retention.declare()
        merging.declare()
