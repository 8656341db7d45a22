from django.urls import path

from arrimage.web.staff.personnel import views

urlpatterns = [
    path("personnel/", views.personnel, name="personnel"),
    path("personnel/comptes/", views.accounts, name="accounts"),
    path("personnel/comptes/nouveau/", views.open_account, name="account_new"),
    path("personnel/comptes/<uuid:uid>/", views.account, name="account"),
    path("personnel/comptes/<uuid:uid>/etat/", views.set_state, name="account_state"),
    path("personnel/comptes/<uuid:uid>/invitation/", views.send_invitation, name="account_invite"),
    path("personnel/comptes/<uuid:uid>/seances/", views.end_account_sessions, name="account_sessions_end"),
    path("personnel/comptes/<uuid:uid>/seconde-preuve/", views.take_second_factor, name="account_second_factor"),
    path("personnel/comptes/<uuid:uid>/role/", views.grant_role, name="role_grant"),
    path("personnel/roles/<uuid:uid>/fin/", views.end, name="role_end"),
]
