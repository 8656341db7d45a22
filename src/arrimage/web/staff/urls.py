"""The working area of the staff, area by area; the names are all `staff:…`."""

from django.urls import include, path

app_name = "staff"
urlpatterns = [
    path("", include("arrimage.web.staff.home.urls")),
    path("", include("arrimage.web.staff.search.urls")),
    path("", include("arrimage.web.staff.casework.urls")),
    path("", include("arrimage.web.staff.scheduling.calendar_urls")),
    path("", include("arrimage.web.staff.scheduling.booking_urls")),
    path("", include("arrimage.web.staff.scheduling.interpreter_urls")),
    path("", include("arrimage.web.staff.people.urls")),
    path("", include("arrimage.web.staff.caseload.urls")),
    path("", include("arrimage.web.staff.scheduling.hours.urls")),
    path("", include("arrimage.web.staff.scheduling.sessions.urls")),
    path("", include("arrimage.web.staff.consents.urls")),
    path("", include("arrimage.web.staff.duplicates.urls")),
    path("", include("arrimage.web.staff.documents.urls")),
    path("", include("arrimage.web.staff.questionnaires.urls")),
    path("", include("arrimage.web.staff.bilan.urls")),
    path("", include("arrimage.web.staff.portrait.urls")),
    path("", include("arrimage.web.staff.directory.urls")),
    path("", include("arrimage.web.staff.agreements.urls")),
    path("", include("arrimage.web.staff.employers.urls")),
    path("", include("arrimage.web.staff.occupations.urls")),
    path("", include("arrimage.web.staff.imports.urls")),
    path("", include("arrimage.web.staff.personnel.urls")),
    path("", include("arrimage.web.staff.practices.urls")),
    path("", include("arrimage.web.staff.history.urls")),
    path("protection/", include("arrimage.web.staff.privacy.urls")),
]
