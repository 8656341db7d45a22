from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class FoundationConfig(AppConfig):
    name = "arrimage.foundation"

    def ready(self) -> None:
        from arrimage.foundation import database, history, queue, row_security

        pre_migrate.connect(database.prepare, sender=self)
        pre_migrate.connect(database.begin_migration, sender=self)
        post_migrate.connect(database.begin_migration, sender=self)  # emptied tables are filled again without migrating
        post_migrate.connect(database.grant_web_role, sender=self)
        post_migrate.connect(history.prepare, sender=self)
        post_migrate.connect(row_security.apply, sender=self)
        post_migrate.connect(queue.open_doors, sender=self)
        post_migrate.connect(database.end_migration)
