from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CaseworkConfig(AppConfig):
    name = "arrimage.casework"

    def ready(self) -> None:
        from arrimage.attachments.registry import register
        from arrimage.casework import consents, joining, merging, portability, retention
        from arrimage.casework.presence import days_away
        from arrimage.casework.queries import file_of_document, persons_of_files, visible_documents
        from arrimage.casework.reference import load_reference
        from arrimage.casework.search_function import write_search_function
        from arrimage.people import reach
        from arrimage.scheduling import presence

        register("casework.documents", visible_documents, about=file_of_document)
        post_migrate.connect(load_reference, sender=self)
        reach.declare(persons_of_files)
        presence.declare(days_away)
        post_migrate.connect(write_search_function, sender=self)
        portability.declare()
        retention.declare()
        consents.listen()
        merging.declare()
        joining.declare()
