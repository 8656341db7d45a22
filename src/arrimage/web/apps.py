from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "arrimage.web"
    label = "web"
