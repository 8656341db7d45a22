from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "arrimage.attachments"
