from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class FoundationConfig(AppConfig):
    name = "arrimage.foundation"

    def ready(self) -> None:
        from arrimage.foundation import database

        pre_migrate.connect(database.prepare, sender=self)
        post_migrate.connect(database.grant_web_role, sender=self)
