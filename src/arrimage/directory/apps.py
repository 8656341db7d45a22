from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    name = "arrimage.directory"

    def ready(self) -> None:
        from arrimage.directory.reference import load_reference

        post_migrate.connect(load_reference, sender=self)
