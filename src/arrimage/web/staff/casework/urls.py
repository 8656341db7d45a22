from django.urls import path

from arrimage.web.staff.casework.views import (
    appointments,
    assessments,
    break_glass,
    exchanges,
    files,
    follow_ups,
    needs,
    plans,
    referrals,
)

urlpatterns = [
    path("dossiers/", files.files, name="files"),
    path("dossiers/<uuid:uid>/", files.file, name="file"),
    path("dossiers/<uuid:uid>/attribuer/", files.assign, name="file_assign"),
    path("personnes/<uuid:uid>/", files.person, name="person"),
    # A file that is not one's own
    path("acces-exceptionnels/ouvrir/", break_glass.ask, name="break_glass"),
    path("acces-exceptionnels/<uuid:uid>/terminer/", break_glass.end, name="break_glass_end"),
    # Assessment and needs
    path("dossiers/<uuid:uid>/evaluation/", assessments.assessment, name="assessment"),
    path("evaluations/<uuid:uid>/", assessments.completed, name="assessment_read"),
    path("dossiers/<uuid:uid>/besoins/ajouter/", needs.add, name="need_add"),
    path("besoins/<uuid:uid>/clore/", needs.close, name="need_close"),
    # Plan
    path("dossiers/<uuid:uid>/plan/", plans.plan, name="plan"),
    path("dossiers/<uuid:uid>/plan/convenir/", plans.agree, name="plan_agree"),
    path("dossiers/<uuid:uid>/plan/imprimer/", plans.printed, name="plan_print"),
    path("dossiers/<uuid:uid>/plan/demarches/ajouter/", plans.add, name="step_add"),
    path("demarches/<uuid:uid>/", plans.edit, name="step_edit"),
    path("demarches/<uuid:uid>/etat/", plans.change_status, name="step_status"),
    # Referrals
    path("besoins/<uuid:uid>/orienter/", referrals.choose, name="refer"),
    path("besoins/<uuid:uid>/orienter/<uuid:service>/", referrals.send, name="refer_to"),
    path("orientations/", referrals.referrals, name="referrals"),
    path("orientations/<uuid:uid>/", referrals.referral, name="referral"),
    path("orientations/<uuid:uid>/annuler/", referrals.cancel, name="referral_cancel"),
    path("orientations/<uuid:uid>/expirer/", referrals.expire, name="referral_expire"),
    path("orientations/<uuid:uid>/reponse/", referrals.answer, name="referral_answer"),
    path("orientations/<uuid:uid>/rappel/", exchanges.remind, name="referral_remind"),
    path("orientations/<uuid:uid>/message/", exchanges.message, name="referral_message"),
    path("orientations/<uuid:uid>/messages-lus/", exchanges.messages_read, name="referral_messages_read"),
    path("dates-proposees/<uuid:uid>/accepter/", exchanges.date_accept, name="date_accept"),
    path("dates-proposees/<uuid:uid>/refuser/", exchanges.dates_refuse, name="dates_refuse"),
    path("corrections/<uuid:uid>/<slug:decision>/", exchanges.correction, name="correction"),
    # Follow-ups and appointments
    path("dossiers/<uuid:uid>/suivis/ajouter/", follow_ups.add, name="follow_up"),
    path("dossiers/<uuid:uid>/rendez-vous/fixer/", appointments.book, name="appointment_book"),
    path("rendez-vous/", appointments.appointments, name="appointments"),
    path("rendez-vous/<uuid:uid>/", appointments.appointment, name="appointment"),
]
