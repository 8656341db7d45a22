from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "arrimage.privacy.retention"
