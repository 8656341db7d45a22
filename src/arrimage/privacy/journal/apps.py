from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "arrimage.privacy.journal"

    def ready(self) -> None:
        from arrimage.people.merging.registry import stay
        from arrimage.privacy.journal import partitions

        post_migrate.connect(partitions.ensure_partitions, sender=self)
        stay("journal.Reading", why="what was read is never rewritten: queries read both records")
        stay("journal.BreakGlass", why="the facts of an exceptional access are final")
