"""From the first appointment to the step closed, by the pages alone."""

from django.urls import reverse

from arrimage.casework.enums import NeedStatus, PlanStatus, ReferralStatus, StepStatus
from arrimage.casework.models import Assessment, FollowUp, Need, Plan, Referral, Step
from arrimage.foundation import clock
from arrimage.scheduling.models import Appointment
from tests import factories as f
from tests.web.staff.casework.answers import ANSWERS


def post(client, name, *args, query="", **data):
    return client.post(reverse(f"staff:{name}", args=args) + query, data, follow=True)


def _today() -> str:
    return clock.today().isoformat()


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_whole_accompaniment(agent, file):
    client = agent.client
    service = f.ServiceFactory(name="Francisation du soir", themes=[f.theme("french")], languages=["fr", "ar"])

    page = client.get(reverse("staff:appointment_book", args=[file.uid]))
    slot = page.context["form"].fields["slot"].choices[0][1][0][0]
    text(post(client, "appointment_book", file.uid, slot=slot, persons=[str(file.uid)], note=""))
    appointment = Appointment.objects.get(persons=file.person)
    assert appointment.agent == agent.user

    assert "Évaluer les besoins" in text(client.get(reverse("staff:file", args=[file.uid])))
    assert "enregistrée" in text(post(client, "assessment", file.uid, save="later", housing_now="shelter"))
    kept = client.get(reverse("staff:assessment", args=[file.uid]))
    assert kept.context["form"]["housing_now"].value() == "shelter"
    assert "Terminer l’évaluation" in text(post(client, "assessment", file.uid, save="review", **ANSWERS))
    draft = Assessment.objects.get(file=file)
    assert "besoins en ressortent" in text(post(client, "assessment_review", file.uid, version=draft.version))
    assert "Rédiger le plan" in text(client.get(reverse("staff:file", args=[file.uid])))

    added = post(
        client, "need_add", file.uid, label="Trouver un jardin", theme=f.theme("social_network").pk, priority=3
    )
    assert "Trouver un jardin" in text(added)

    drafted = text(post(client, "plan", file.uid, goal="Travailler en français."))
    assert "Trouver un jardin" in drafted
    plan = Plan.objects.get(file=file)
    assert plan.status == PlanStatus.DRAFT
    read = client.get(reverse("staff:plan_agree", args=[file.uid])).context["form"]["digest"].value()
    said = {"language": "ar", "by": "Mme Saleh", "on": "2020-01-01", "agreed": "on"}
    agreed = post(client, "plan_agree", file.uid, digest=read, **said)
    assert "convenu" in text(agreed)

    need = Need.objects.get(file=file, theme__code="french")
    assert "Francisation du soir" in text(client.get(reverse("staff:refer", args=[need.uid])))
    response = client.get(reverse("staff:refer_to", args=[need.uid, service.uid]))
    preview = text(response)
    assert file.person.full_name in preview
    assert need.label in preview
    consent = {"read": response.context["asked"].form["read"].value(), "means": "tick", "agreed": "on"}
    text(post(client, "refer_to", need.uid, service.uid, message="Disponible le soir.", **consent))
    referral = Referral.objects.get(file=file)
    assert referral.status == ReferralStatus.SENT
    assert referral.step == Step.objects.get(need=need)

    for answer in (
        {"status": "accepted"},
        {"status": "scheduled", "scheduled_for": "2030-01-15"},
        {"status": "attended"},
        {"status": "started"},
        {"status": "completed", "outcome": "reached", "note": "Niveau 4."},
    ):
        text(post(client, "referral_answer", referral.uid, on=_today(), **answer))
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.COMPLETED

    page = text(client.get(reverse("staff:file", args=[file.uid])))
    assert "Faire le suivi et clore la démarche" in page
    query = f"?orientation={referral.uid}"
    form = client.get(reverse("staff:follow_up", args=[file.uid]) + query).context["form"]
    assert form.initial["closes_step"] is True
    assert form.initial["need_status"] == NeedStatus.MET
    text(
        post(
            client,
            "follow_up",
            file.uid,
            query=query,
            on=_today(),
            channel="phone",
            reached="on",
            note="Tout va bien.",
            step=referral.step.pk,
            closes_step="on",
            need_status="met",
        )
    )
    assert FollowUp.objects.get(file=file).step == referral.step
    referral.step.refresh_from_db()
    need.refresh_from_db()
    assert referral.step.status == StepStatus.DONE
    assert need.status == NeedStatus.MET
