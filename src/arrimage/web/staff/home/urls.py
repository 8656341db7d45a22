from django.urls import path

from arrimage.web.staff.home import views

urlpatterns = [path("", views.home, name="home")]
