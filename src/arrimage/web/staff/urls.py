"""The working area of the staff, area by area; the names are all `staff:…`."""

from django.urls import include, path

app_name = "staff"
urlpatterns = [
    path("", include("arrimage.web.staff.home.urls")),
    path("", include("arrimage.web.staff.search.urls")),
    path("", include("arrimage.web.staff.casework.urls")),
    path("", include("arrimage.web.staff.bilan.urls")),
]
