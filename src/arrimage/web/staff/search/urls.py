from django.urls import path

from arrimage.web.staff.search import views

urlpatterns = [path("recherche/", views.search, name="search")]
