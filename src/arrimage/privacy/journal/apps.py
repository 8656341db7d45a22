from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "arrimage.privacy.journal"

    def ready(self) -> None:
        from arrimage.privacy.journal import partitions

        post_migrate.connect(partitions.ensure_partitions, sender=self)
