"""The pages of the privacy officer: persons' requests, registers, readings, retention."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("arrimage.web.staff.privacy.registers.urls")),
    path("", include("arrimage.web.staff.privacy.journal.urls")),
    path("", include("arrimage.web.staff.privacy.retention.urls")),
]
