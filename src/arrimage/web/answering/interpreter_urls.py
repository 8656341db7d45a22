"""`/i/TOKEN`: an interpreter says yes or no without an account."""

from django.urls import path

from arrimage.web.answering import interpreter_views

urlpatterns = [path("<str:token>", interpreter_views.answer, name="interpretation_link")]
