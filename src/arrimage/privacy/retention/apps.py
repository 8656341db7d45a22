from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RetentionConfig(AppConfig):
    name = "arrimage.privacy.retention"

    def ready(self) -> None:
        from arrimage.privacy.retention import lower_floors, privacy_rooms
        from arrimage.privacy.retention.reference import load_reference

        lower_floors.declare()
        privacy_rooms.declare()
        post_migrate.connect(load_reference, sender=self)
