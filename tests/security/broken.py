"""A page that fails, saying what a page must not."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from arrimage.config.urls import urlpatterns as ours
from arrimage.web.access import open_to_all


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Nadia Exemple, 514 555-0123")


urlpatterns = [path("en-panne/", broken, name="broken"), *ours]
