"""`/o/TOKEN`: answering one referral without an account. The first address alone is written in letters."""

from django.urls import path

from arrimage.web.answering import views

urlpatterns = [
    path("<str:token>", views.entrance, name="referral_link"),
    path("<str:token>/code", views.code, name="referral_link_code"),
    path("<str:token>/orientation", views.referral, name="referral_link_open"),
    path("<str:token>/reponses", views.review, name="referral_link_review"),
    path("<str:token>/accepter", views.accept, name="referral_link_accept"),
    path("<str:token>/refuser", views.decline, name="referral_link_decline"),
]
