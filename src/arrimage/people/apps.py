from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "arrimage.people"

    def ready(self) -> None:
        from arrimage.people.merging import tables
        from arrimage.people.search_function import write_search_functions

        post_migrate.connect(write_search_functions, sender=self)
        tables.declare()
