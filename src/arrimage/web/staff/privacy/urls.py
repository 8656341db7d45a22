"""The pages of the privacy officer: persons' requests, registers, readings, retention."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
