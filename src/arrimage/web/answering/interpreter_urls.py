"""`/i/TOKEN`: an interpreter says yes or no without an account, once the code sent to them is given."""

from django.urls import path

from arrimage.web.answering import interpreter_views as views

urlpatterns = [
    path("<str:token>", views.entrance, name="interpretation_link"),
    path("<str:token>/code", views.code, name="interpretation_link_code"),
    path("<str:token>/reponse", views.answer, name="interpretation_link_answer"),
]
