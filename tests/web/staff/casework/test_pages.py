"""What the pages say and keep: conflicts, drafts, filters, exports, outcomes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.casework.enums import NeedStatus, ReferralStatus, StepStatus
from arrimage.casework.models import Assessment, Plan
from arrimage.foundation import clock
from arrimage.scheduling.models import Appointment
from tests import factories as f
from tests.web.staff.casework.answers import ANSWERS

pytestmark = pytest.mark.django_db


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


# --- The file -------------------------------------------------------------------------------------------------------
def test_a_file_shows_who_and_what_next(agent, file) -> None:
    spouse = f.MemberFactory(household=file.person.memberships.get().household, relation="spouse").person
    page = text(agent.client.get(url("file", file.uid)))
    assert f'data-person="{file.person.uid}"' in page
    for words in (file.number, str(spouse), "Conjointe ou conjoint", "Arabe", "Évaluer les besoins"):
        assert words in page


def test_a_closed_file_offers_nothing_to_write(agent, point) -> None:
    file = f.FileFactory(closed=True, service_point=point)
    f.NeedFactory(file=file)
    f.StepFactory(plan__file=file)
    page = text(agent.client.get(url("file", file.uid)))
    assert "Dossier fermé" in page
    assert url("need_add", file.uid) not in page
    assert "Orienter" not in page


def test_a_name_is_never_markup(agent, point) -> None:
    person = f.PersonFactory(given_name="<script>alert(1)</script>")
    file = f.FileFactory(person=person, service_point=point)
    for name, args in (("file", [file.uid]), ("files", [])):
        page = text(agent.client.get(url(name, *args)))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


# --- The list -------------------------------------------------------------------------------------------------------
def test_the_list_is_narrowed_and_exported(agent, file, point) -> None:
    other = f.FileFactory(person__family_name="Zubrowka", service_point=point)
    mine = text(agent.client.get(url("files"), {"whose": "mine"}))
    assert file.number in mine
    assert other.number not in mine
    assert other.number in text(agent.client.get(url("files"), {"q": "zubrovka"}))
    assert file.number not in text(agent.client.get(url("files"), {"stage": "under_way"}))
    assert file.number in text(agent.client.get(url("files"), {"stage": "to_meet", "agent": agent.user.pk}))
    response = agent.client.get(url("files"), {"export": "csv"})
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert file.number in rows[1] + rows[2]


def test_everything_of_a_reason_is_a_list_away(agent, file) -> None:
    plan = f.PlanFactory(file=file)
    f.FileFactory()
    page = agent.client.get(url("files"), {"todo": "to_agree"})
    assert [row.record for row in page.context["list"].table.rows] == [plan.file]
    back = f.ReferralFactory(file=file, declined=True)
    f.ReferralFactory(file=file, sent=True)
    page = agent.client.get(url("referrals"), {"todo": "came_back"})
    assert [row.record for row in page.context["list"].table.rows] == [back]


# --- Assessment -----------------------------------------------------------------------------------------------------
def test_opening_the_assessment_writes_nothing(agent, file) -> None:
    text(agent.client.get(url("assessment", file.uid)))
    assert not Assessment.objects.exists()


def test_a_missing_answer_is_said_on_top_and_what_was_typed_stays(agent, file) -> None:
    answers = {key: value for key, value in ANSWERS.items() if key != "work_now"}
    response = agent.client.post(url("assessment", file.uid), {"save": "review", **answers})
    page = text(response)
    assert "Une réponse est à revoir" in page
    assert 'href="#id_work_now_0"' in page
    assert response.context["form"]["housing_now"].value() == "shelter"
    assert not Assessment.objects.exists()


def test_a_completed_assessment_is_read_again(agent, file) -> None:
    agent.client.post(url("assessment", file.uid), {"save": "review", **ANSWERS})
    agent.client.post(url("assessment_review", file.uid), {"version": Assessment.objects.get().version})
    page = text(agent.client.get(url("assessment_read", Assessment.objects.get().uid)))
    assert "Dans un hébergement d’accueil ou d’urgence" in page
    assert "Trouver un logement d’ici 30 jours" in page


def test_a_draft_leads_back_to_its_form(agent, file) -> None:
    draft = f.AssessmentFactory(file=file)
    response = agent.client.get(url("assessment_read", draft.uid))
    assert response["Location"] == url("assessment", file.uid)


# --- Plan -----------------------------------------------------------------------------------------------------------
def test_a_plan_is_not_drafted_twice(agent, file) -> None:
    f.PlanFactory(file=file)
    assert "Un plan est déjà en cours" in text(agent.client.post(url("plan", file.uid), {"goal": ""}, follow=True))
    assert Plan.objects.count() == 1


def test_a_step_changes_state_by_a_button(agent, file) -> None:
    step = f.StepFactory(plan__file=file)
    agent.client.post(url("step_status", step.uid), {"status": "dropped"})
    step.refresh_from_db()
    assert step.status == StepStatus.DROPPED
    page = agent.client.post(url("step_status", step.uid), {"status": "done"}, follow=True)
    assert "ne peut pas devenir" in text(page)
    assert "Choisissez" in text(agent.client.post(url("step_status", step.uid), {"status": "?"}, follow=True))


def test_a_plan_agreed_in_the_future_is_refused(agent, file) -> None:
    f.StepFactory(plan__file=file)
    tomorrow = clock.today() + timedelta(days=1)
    data = {"language": "fr", "by": "", "on": tomorrow.isoformat(), "agreed": "on"}
    assert "à venir" in text(agent.client.post(url("plan_agree", file.uid), data))


# --- Referrals ------------------------------------------------------------------------------------------------------
def test_services_that_said_no_are_not_proposed_again(agent, file) -> None:
    refused = f.ReferralFactory(file=file, declined=True)
    other = f.ServiceFactory(name="Cours du samedi")
    response = agent.client.get(url("refer", refused.need.uid))
    assert [each.choice.service for each in response.context["shown"]] == [other]
    assert "Plus de place" in text(response)


def test_the_same_referral_twice_says_so(agent, file) -> None:
    live = f.ReferralFactory(file=file, sent=True)
    page = agent.client.post(url("refer_to", live.need.uid, live.service.uid), {"message": ""})
    assert "déjà en cours vers ce service" in text(page)


def test_an_expired_referral_leads_to_other_services(agent, file) -> None:
    day = clock.today() - timedelta(days=30)
    late = f.ReferralFactory(file=file, sent=True, sent_on=day)
    response = agent.client.post(url("referral_expire", late.uid))
    assert response["Location"] == url("refer", late.need.uid)
    fresh = f.ReferralFactory(file=file, sent=True)
    response = agent.client.post(url("referral_expire", fresh.uid), follow=True)
    assert "n’est pas écoulé" in text(response)
    fresh.refresh_from_db()
    assert fresh.status == ReferralStatus.SENT


def test_a_cancelled_referral_says_why_in_its_history(agent, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    refused = agent.client.post(url("referral_cancel", referral.uid), {"note": ""})
    assert "Une réponse est à revoir" in text(refused)
    page = agent.client.post(url("referral_cancel", referral.uid), {"note": "La personne a déménagé."}, follow=True)
    assert "La personne a déménagé." in text(page)


def test_a_refusal_by_telephone_needs_its_reason(agent, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    data = {"status": "declined", "on": clock.today().isoformat(), "reason": "", "note": ""}
    assert "Indiquez la raison du refus" in text(agent.client.post(url("referral_answer", referral.uid), data))
    agent.client.post(url("referral_answer", referral.uid), {**data, "reason": "no_place"})
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.DECLINED


# --- Needs, follow-ups ----------------------------------------------------------------------------------------------
def test_a_need_is_closed_from_its_page(agent, file) -> None:
    need = f.NeedFactory(file=file)
    agent.client.post(url("need_close", need.uid), {"status": "met", "on": clock.today().isoformat()})
    need.refresh_from_db()
    assert need.status == NeedStatus.MET


def test_a_follow_up_of_another_file_s_step_is_refused(agent, file) -> None:
    stranger = f.StepFactory()
    f.StepFactory(plan__file=file)
    data = {"on": clock.today().isoformat(), "channel": "phone", "step": stranger.pk, "need_status": ""}
    assert "Une réponse est à revoir" in text(agent.client.post(url("follow_up", file.uid), data))


# --- Appointments ---------------------------------------------------------------------------------------------------
def test_a_day_and_what_became_of_it(agent, file, point) -> None:
    today = f.AppointmentFactory(persons=[file.person], agent=agent.user, service_point=point, on=clock.today())
    other = f.AppointmentFactory(service_point=point, on=clock.today())
    page = text(agent.client.get(url("appointments")))
    assert str(file.person) in page
    assert str(other.persons.get()) not in page
    response = agent.client.post(url("appointment", today.uid), {"status": "kept"})
    assert response["Location"] == url("file", file.uid)
    today.refresh_from_db()
    assert today.status == "kept"
    assert "Dites ce que" in text(agent.client.post(url("appointment", today.uid), {"status": "?"}, follow=True))


def test_an_appointment_to_come_has_no_outcome_yet(agent, file, point) -> None:
    coming = f.AppointmentFactory(persons=[file.person], agent=agent.user, service_point=point)
    page = text(agent.client.get(url("appointment", coming.uid)))
    assert "Il a eu lieu" not in page
    assert "Annuler le rendez-vous" in page


def test_nonsense_for_a_day_is_today(agent) -> None:
    assert agent.client.get(url("appointments"), {"jour": "hier"}).context["day"] == clock.today()


def test_a_time_taken_meanwhile_is_refused(agent, file) -> None:
    page = agent.client.get(url("appointment_book", file.uid))
    slot = page.context["slots"][0]
    f.AppointmentFactory(
        agent=agent.user, service_point=slot.service_point, starts_at=slot.starts_at, ends_at=slot.ends_at
    )
    key = page.context["form"].fields["slot"].choices[0][1][0][0]
    refused = agent.client.post(url("appointment_book", file.uid), {"slot": key, "persons": [str(file.uid)]})
    assert "vient d’être prise" in text(refused)
    assert Appointment.objects.count() == 1


def test_the_household_comes_together_the_first_time(agent, file, point) -> None:
    member = f.MemberFactory(household=file.person.memberships.get().household, relation="child")
    child = f.FileFactory(person=member.person, service_point=point)
    page = agent.client.get(url("appointment_book", file.uid))
    key = page.context["form"].fields["slot"].choices[0][1][0][0]
    assert page.context["form"].initial["persons"] == [str(file.uid), str(child.uid)]
    agent.client.post(url("appointment_book", file.uid), {"slot": key, "persons": [str(file.uid), str(child.uid)]})
    assert set(Appointment.objects.get().persons.all()) == {file.person, child.person}
    child.refresh_from_db()
    assert child.agent == agent.user


def test_what_the_clock_did_is_said_in_words(agent, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    referral.events.create(from_status="sent", to_status="reminded", actor_name="clock")
    referral.events.create(from_status="reminded", to_status="accepted", actor_name="Maison (lien)")
    page = text(agent.client.get(url("referral", referral.uid)))
    assert "Horloge du système" in page
    assert "Maison (lien)" in page
    assert ">clock<" not in page
