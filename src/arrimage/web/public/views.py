"""The public site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arrimage.web.access import open_to_all
from arrimage.web.menu import address


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """Say what the directorate does, and lead to the services of the region."""
    return render(request, "public/home.html", {"services_url": address("public:services")})
