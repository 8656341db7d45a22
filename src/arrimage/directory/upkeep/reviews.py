"""Reviews: an organisation chooses how often it confirms what it says, is reminded of it, and confirms."""

from datetime import date, timedelta

from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.letters import post
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, require
from arrimage.directory.enums import Closure, Rhythm, Stage
from arrimage.directory.keepers import require_keeper
from arrimage.directory.models import Organisation, Review, ReviewReminder, Service
from arrimage.directory.queries import organisations_visible_to
from arrimage.directory.rules import add_months
from arrimage.directory.upkeep.letters import REMINDER
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, lock
from arrimage.foundation.errors import InvalidInput

REMINDED_AROUND = timedelta(days=14)  # before the day, and after it
AT_ONCE = 500  # organisations taken together


@action
def choose_rhythm(actor: Actor, organisation: Organisation, months: int) -> Review:
    """Choose how often an organisation confirms: its review is due so long after it last did, or after today."""
    require_keeper(actor, {organisation.pk})
    if months not in Rhythm.values:
        raise InvalidInput(_("Choisissez 3, 6 ou 12 mois."), field="months")
    lock(Organisation, [organisation.pk])
    last = organisation.reviews.aggregate(day=Max("confirmed_on"))["day"]
    return _open(organisation.pk, months, last or clock.today())


@action
def confirm(actor: Actor, organisation: Organisation) -> None:
    """Say, in the name of an organisation, that all it says is up to date today; its next review opens."""
    require_keeper(actor, {organisation.pk})
    today = clock.today()
    lock(Organisation, [organisation.pk])
    verified = {"assured_date": today, "assurer_email": _address_of(actor)}
    services = organisation.services.exclude(closure=Closure.DEFINITIVE)
    apply_changes(Service, [Change(service, verified) for service in services])
    review = organisation.reviews.filter(confirmed_on=None).first()
    months = review.months if review else Rhythm.HALF_YEAR
    if review and review.due_on == add_months(today, months) and organisation.reviews.filter(confirmed_on=today):
        return
    review = review or _open(organisation.pk, months, today)
    review.confirmed_on = today
    review.save(update_fields=["confirmed_on"])
    _open(organisation.pk, months, today)


@action
def follow_reviews(actor: Actor) -> None:
    """Open the first review of whoever has none, then remind of those whose day nears, is here or is past.

    Done twice, it does it once: a review is locked, and a reminder of it is made once a stage.
    """
    require(actor, Right.MANAGE_DIRECTORY)
    while without := _without_review()[:AT_ONCE]:
        for key, verified_on in without:
            _open(key, Rhythm.HALF_YEAR, verified_on or clock.today())
    today = clock.today()
    near = Review.objects.filter(confirmed_on=None, due_on__lte=today + REMINDED_AROUND)
    made = []
    for review in near.select_for_update(of=("self",), skip_locked=True).prefetch_related("reminders"):
        stage = stage_on(today, review.due_on)
        known = {(reminder.stage, reminder.due_on) for reminder in review.reminders.all()}
        if stage and (stage, review.due_on) not in known:
            made.append(ReviewReminder(review=review, stage=stage, due_on=review.due_on))
    ReviewReminder.objects.bulk_create(made, batch_size=AT_ONCE)
    post(actor, REMINDER, *(reminder.uid for reminder in made))


def stage_on(today: date, due_on: date) -> Stage | None:
    """Return which reminder of a review is the last one due on a day; None while it is far."""
    if today >= due_on + REMINDED_AROUND:
        return Stage.AFTER
    if today >= due_on:
        return Stage.DUE
    return Stage.BEFORE if today >= due_on - REMINDED_AROUND else None


def review_of(organisation: Organisation) -> Review | None:
    """Return the review an organisation has to answer next."""
    return organisation.reviews.filter(confirmed_on=None).prefetch_related("reminders").first()


def reviews_visible_to(actor: Actor) -> QuerySet[Review]:
    """Return the reviews to answer: those of the region for its advisors, their own for an organisation's people."""
    reviews = Review.objects.filter(confirmed_on=None)
    if actor.may(Right.MANAGE_DIRECTORY):
        return reviews if actor.region_id is None else reviews.filter(organisation__region=actor.region_id)
    return reviews.filter(organisation__in=organisations_visible_to(actor))


def _open(organisation_id: int, months: int, since: date) -> Review:
    """Make the open review of an organisation (its key), held by the caller, be due `months` after `since`."""
    due_on = add_months(since, months)
    review, is_new = Review.objects.get_or_create(
        organisation_id=organisation_id, confirmed_on=None, defaults={"months": months, "due_on": due_on}
    )
    if not is_new:
        apply_changes(Review, [Change(review, {"months": months, "due_on": due_on})])
        review.refresh_from_db()
    return review


def _without_review() -> QuerySet[Organisation, tuple[int, date | None]]:
    """Return the organisations (their keys) that offer something and have no review to answer, each with the first day
    one of its services was verified; none when none was."""
    open_review = Review.objects.filter(organisation=OuterRef("pk"), confirmed_on=None)
    offering = Organisation.objects.filter(services__is_offered=True).filter(~Exists(open_review))
    found = offering.annotate(verified_on=Min("services__assured_date")).order_by("pk")
    return found.values_list("pk", "verified_on")


def _address_of(actor: Actor) -> str:
    if actor.user_id is None:
        return ""
    found = User.objects.filter(pk=actor.user_id).values_list("email", flat=True).first()
    return found or ""
