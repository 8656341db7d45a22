from django.urls import path

from arrimage.web.staff.occupations import views

urlpatterns = [
    path("professions/", views.occupations, name="occupations"),
]
