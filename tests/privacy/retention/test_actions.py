"""Rules are changed, lists prepared and approved, each by who may."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor, actor_of
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.privacy.consents.rules import months_later
from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.actions import RuleChange, approve_run, cancel_run, change_rules, prepare_run
from arrimage.privacy.retention.enums import Ending, RunStatus
from arrimage.privacy.retention.models import DueRecord, RetentionRule, RetentionRun
from arrimage.privacy.retention.queries import runs_visible_to
from tests import factories as f

pytestmark = pytest.mark.django_db
LONG_AGO = clock.today() - timedelta(days=6 * 366)


def officer() -> Actor:
    return f.actor(Role.PRIVACY_OFFICER, None)


def test_every_kind_has_its_rule_from_the_start() -> None:
    assert set(RetentionRule.objects.values_list("kind", flat=True)) == {kind.code for kind in kinds.kinds()}
    assert {"file", "arrival", "appointment", "referral", "account", "consent", "incident", "request", "manifest"} <= {
        kind.code for kind in kinds.kinds()
    }


def test_the_privacy_officer_alone_changes_a_rule() -> None:
    rule = f.retention_rule()
    changed = RuleChange(rule, 84, Ending.DESTROY, "Nouveau calendrier", version=rule.version)
    with pytest.raises(NotAllowed):
        change_rules(f.actor(Role.REGIONAL_DIRECTOR), [changed])
    change_rules(officer(), [changed])
    rule.refresh_from_db()
    assert (rule.months, rule.ending, rule.basis) == (84, "destroy", "Nouveau calendrier")
    with pytest.raises(Conflict):
        change_rules(officer(), [RuleChange(rule, 12, Ending.DESTROY, "Autre", version=1)])
    for months, ending, basis in ((0, "destroy", "x"), (12, "keep", "x"), (12, "destroy", " ")):
        with pytest.raises(InvalidInput):
            change_rules(officer(), [RuleChange(rule, months, ending, basis)])


def test_a_rule_counts_months_to_the_day() -> None:
    today = clock.today()
    last = f.FileFactory(closed=True, opened_on=months_later(today, -60))
    f.FileFactory(closed=True, opened_on=months_later(today, -60) + timedelta(days=1))
    f.FileFactory(opened_on=LONG_AGO)
    run = prepare_run(officer(), f.region())
    assert [(due.record_id, due.reference) for due in run.due.filter(kind="file")] == [(last.pk, last.number)]


def test_a_suspended_rule_proposes_nothing() -> None:
    f.FileFactory(closed=True, opened_on=LONG_AGO)
    rule = f.retention_rule()
    change_rules(officer(), [RuleChange(rule, rule.months, rule.ending, rule.basis, is_active=False)])
    with pytest.raises(InvalidInput):
        prepare_run(officer(), f.region())


def test_the_list_says_exactly_what_is_due_and_names_nobody() -> None:
    files = [f.FileFactory(closed=True, opened_on=LONG_AGO + timedelta(days=number)) for number in range(3)]
    f.FileFactory(closed=True, opened_on=LONG_AGO, region=f.region("13"))
    arrival = f.ArrivalFactory(flight__lands_on=LONG_AGO)
    run = prepare_run(officer(), f.region())
    figures = {figure["kind"]: figure for figure in run.figures}
    assert (figures["file"]["count"], figures["file"]["oldest"]) == (3, LONG_AGO.isoformat())
    assert figures["arrival"]["count"] == 1
    assert run.total == 4
    due = set(DueRecord.objects.filter(run=run).values_list("kind", "record_id"))
    assert due == {("arrival", arrival.pk), *(("file", file.pk) for file in files)}
    said = " ".join(DueRecord.objects.values_list("reference", flat=True))
    assert not any(word in said for file in files for word in (file.person.given_name, file.person.family_name))


def test_one_list_at_a_time_in_a_region() -> None:
    f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = prepare_run(officer(), f.region())
    with pytest.raises(Conflict):
        prepare_run(officer(), f.region())
    cancel_run(officer(), run, note="Erreur de règle.")
    assert prepare_run(officer(), f.region()).pk != run.pk


def test_the_direction_of_the_region_approves_and_nobody_else() -> None:
    f.FileFactory(closed=True, opened_on=LONG_AGO)
    preparer = officer()
    run = prepare_run(preparer, f.region())
    for other in (preparer, officer(), f.actor(Role.REGIONAL_DIRECTOR, "13"), f.actor(Role.TEAM_LEAD)):
        with pytest.raises(NotAllowed):
            approve_run(other, run)
    director = f.actor(Role.REGIONAL_DIRECTOR)
    approved = approve_run(director, run)
    assert (approved.status, approved.approved_by_id) == (RunStatus.APPROVED, director.user_id)
    with pytest.raises(TransitionNotAllowed):
        approve_run(director, run)


def test_who_prepared_never_approves_even_in_another_role() -> None:
    f.FileFactory(closed=True, opened_on=LONG_AGO)
    preparer = officer()
    run = prepare_run(preparer, f.region())
    grant = f.RoleGrantFactory(
        user=User.objects.get(pk=preparer.user_id), role=Role.REGIONAL_DIRECTOR, region=f.region()
    )
    assert isinstance(grant, RoleGrant)
    with pytest.raises(NotAllowed):
        approve_run(actor_of(grant), run)
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionRun.objects.filter(pk=run.pk).update(
            status="approved", approved_by=preparer.user_id, approved_at=clock.now()
        )


def test_what_was_listed_cannot_be_changed_afterwards() -> None:
    f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = prepare_run(officer(), f.region())
    for change in ({"total": 0}, {"figures": []}, {"digest": "1" * 64}):
        with pytest.raises(Exception, match=r"(?i)cannot"), transaction.atomic():
            RetentionRun.objects.filter(pk=run.pk).update(**change)


def test_only_who_protects_prepares() -> None:
    f.FileFactory(closed=True, opened_on=LONG_AGO)
    for role in (Role.REGIONAL_DIRECTOR, Role.TEAM_LEAD, Role.REGIONAL_ADVISOR):
        with pytest.raises(NotAllowed):
            prepare_run(f.actor(role), f.region())


def test_runs_are_seen_by_who_protects_and_the_region_s_direction() -> None:
    run = f.RetentionRunFactory()
    province = f.RetentionRunFactory(region=None)
    assert set(runs_visible_to(officer())) == {run, province}
    assert list(runs_visible_to(f.actor(Role.REGIONAL_DIRECTOR))) == [run]
    assert not runs_visible_to(f.actor(Role.REGIONAL_DIRECTOR, "13")).exists()
    assert not runs_visible_to(f.actor(Role.ADMINISTRATOR, None)).exists()
