from django.apps import AppConfig


class PortabilityConfig(AppConfig):
    name = "arrimage.privacy.portability"

    def ready(self) -> None:
        from arrimage.privacy.portability import lower_floors, privacy_rooms

        lower_floors.declare()
        privacy_rooms.declare()
