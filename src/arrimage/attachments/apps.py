from django.apps import AppConfig
from django.core.signals import request_finished


class AttachmentsConfig(AppConfig):
    name = "arrimage.attachments"

    def ready(self) -> None:
        from arrimage.attachments import checks  # noqa: F401 - registers them
        from arrimage.attachments.rollback import remove_undone

        request_finished.connect(remove_undone, dispatch_uid="arrimage.attachments")
