from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "arrimage.scheduling"

    def ready(self) -> None:
        from arrimage.people.merging.registry import Held, move
        from arrimage.scheduling import portability, retention

        portability.declare()
        retention.declare()
        move("scheduling.Attendance", held=Held.DROP)
