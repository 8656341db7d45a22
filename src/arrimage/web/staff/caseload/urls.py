from django.urls import path

from arrimage.web.staff.caseload.views import absences, handovers, load

urlpatterns = [
    path("charge/", load.caseload, name="caseload"),
    path("charge/equilibrer/", handovers.balance, name="balance"),
    path("charge/agents/<uuid:uid>/", load.profile, name="agent_profile"),
    path("charge/agents/<uuid:uid>/reattribuer/", handovers.reassign, name="reassign"),
    path("charge/reattributions/<uuid:uid>/annuler/", handovers.undo, name="handover_undo"),
    path("charge/recus/<uuid:uid>/", handovers.seen, name="move_seen"),
    path("charge/absences/noter/", absences.add, name="absence_add"),
    path("charge/absences/<uuid:uid>/", absences.substitutes, name="absence"),
    path("charge/absences/<uuid:uid>/terminer/", absences.end, name="absence_end"),
]
