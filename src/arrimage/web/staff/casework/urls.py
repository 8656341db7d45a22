from django.urls import path

from arrimage.web.staff.casework.views import (
    agreements,
    appointments,
    assessments,
    break_glass,
    files,
    follow_ups,
    needs,
    plans,
    proposals,
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
    path("dossiers/<uuid:uid>/evaluation/garder/", assessments.keep, name="assessment_keep"),
    path("dossiers/<uuid:uid>/evaluation/relire/", assessments.review, name="assessment_review"),
    path("evaluations/<uuid:uid>/", assessments.completed, name="assessment_read"),
    path("evaluations/<uuid:uid>/nouvelle-version/", assessments.move, name="assessment_move"),
    path("dossiers/<uuid:uid>/besoins/ajouter/", needs.add, name="need_add"),
    path("besoins/<uuid:uid>/clore/", needs.close, name="need_close"),
    # Plan
    path("dossiers/<uuid:uid>/plan/", plans.plan, name="plan"),
    path("dossiers/<uuid:uid>/plan/convenir/", agreements.agree, name="plan_agree"),
    path("dossiers/<uuid:uid>/plan/versions/", agreements.versions, name="plan_versions"),
    path("dossiers/<uuid:uid>/plan/imprimer/", agreements.printed, name="plan_print"),
    path("dossiers/<uuid:uid>/plan/plan.pdf", agreements.pdf, name="plan_pdf"),
    path("dossiers/<uuid:uid>/plan/souhaits/ajouter/", proposals.goal, name="goal_add"),
    path("souhaits/<uuid:uid>/retirer/", proposals.goal_remove, name="goal_remove"),
    path("besoins/<uuid:uid>/proposition/", proposals.answer, name="proposal_answer"),
    path("propositions/<uuid:uid>/reprendre/", proposals.again, name="proposal_again"),
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
    # Follow-ups and appointments
    path("dossiers/<uuid:uid>/suivis/ajouter/", follow_ups.add, name="follow_up"),
    path("dossiers/<uuid:uid>/rendez-vous/fixer/", appointments.book, name="appointment_book"),
    path("rendez-vous/", appointments.appointments, name="appointments"),
    path("rendez-vous/<uuid:uid>/", appointments.appointment, name="appointment"),
]
