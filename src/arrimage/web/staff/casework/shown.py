"""Parts of a file and of a referral, ready to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.casework.agenda import end_of_today
from arrimage.casework.enums import OPEN_STEPS, Priority, ReferralStatus
from arrimage.casework.models import Need, Referral, Step
from arrimage.casework.next_act import Act, NextAct
from arrimage.casework.story import FileStory
from arrimage.directory.models import Theme
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_language, write_long_date, write_phone
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.web.actors import actor_in_words
from arrimage.web.births import birth_and_age
from arrimage.web.parts import Moment
from arrimage.web.states import Tone, tone_of

SHOWN_FOLLOW_UPS = 8
SHOWN_NOTES = 6


def shown_file(story: FileStory) -> dict[str, Any]:
    """Return what the page of a file shows besides the story itself."""
    needs = [ShownNeed(need, story.can_refer(need), story.step_of(need)) for need in story.needs]
    steps = [ShownStep(step, story.result_for(step)) for step in story.steps]
    return {
        "who": who(story),
        "status_moments": status_moments(story),
        "next": next_step(story),
        "can_tell": story.next_appointment is not None and story.next_appointment.starts_at < end_of_today(),
        "clock_due": _clock(story),
        "follow_up_moments": follow_up_moments(story),
        "about": about(story),
        "open_needs": [each for each in needs if each.need.closed_on is None],
        "closed_needs": [each for each in needs if each.need.closed_on is not None],
        "open_steps": [each for each in steps if each.step.status in OPEN_STEPS],
        "closed_steps": [each for each in steps if each.step.status not in OPEN_STEPS],
    }


def shown_past(story: FileStory) -> dict[str, Any]:
    """Return what the page of a file alone shows: its last notes, its ends and returns."""
    return {
        "past_closings": past_closings(story),
        "shown_notes": story.notes[:SHOWN_NOTES],
        "more_notes": len(story.notes) > SHOWN_NOTES,
    }


@dataclass(frozen=True)
class ShownNeed:
    """A need, whether it can be sent to a service now, and the open step that carries it."""

    need: Need
    can_refer: bool
    step: Step | None

    @property
    def is_urgent(self) -> bool:
        return self.need.priority == Priority.URGENT


@dataclass(frozen=True)
class ShownStep:
    """A step, and the result received that settles it."""

    step: Step
    result: Referral | None

    @property
    def subject(self) -> str:
        """The need it answers, when its own words do not say it already."""
        need = self.step.need
        if need is None:
            return ""
        return str(need.theme) if need.label == self.step.title else need.label


def who(story: FileStory) -> list[tuple[str, Any]]:
    """Return the facts on the left: how to speak to the person, reach them, since when they are here."""
    person, file = story.file.person, story.file
    pairs: list[tuple[str, Any]] = [
        (_("Langue préférée"), write_language(person.preferred_language).capitalize()),
        (_("Téléphone"), write_phone(person.phone)),
        (_("Courriel"), person.email),
        (_("Naissance"), _birth(story)),
    ]
    if person.original_name:
        pairs.insert(0, (_("Nom d’origine"), person.original_name))
    if file.arrived_on:
        pairs.append((_("Arrivée au Québec"), write_long_date(file.arrived_on)))
    return pairs


def _birth(story: FileStory) -> str:
    return birth_and_age(story.file.person.birth)


def about(story: FileStory) -> list[tuple[str, Any]]:
    """Return the facts of the file itself."""
    file = story.file
    pairs: list[tuple[str, Any]] = [
        (_("Numéro"), file.number),
        (_("État"), file.get_status_display()),
        (_("Agente ou agent"), file.agent.name if file.agent else ""),
        (_("Point de services"), file.service_point.name),
        (_("Ouvert le"), write_long_date(file.opened_on)),
    ]
    if file.closed_on:
        pairs.append((_("Fermé le"), write_long_date(file.closed_on)))
    return pairs


def _clock(story: FileStory) -> date | None:
    """Return the day by which the first appointment must be given, while there has been none."""
    met = {AppointmentStatus.BOOKED, AppointmentStatus.KEPT}
    if not story.is_open or any(each.status in met for each in story.appointments):
        return None
    return story.file.first_appointment_due


def follow_up_moments(story: FileStory) -> list[Moment]:
    """Return the last contacts, the latest first."""
    moments = []
    for each in story.follow_ups[:SHOWN_FOLLOW_UPS]:
        channel = each.get_channel_display()
        moments.append(
            Moment(
                title=channel if each.reached else _("%(channel)s : pas jointe") % {"channel": channel},
                when=each.happened_on,
                text=each.note or (each.step.title if each.step else ""),
                who=each.author.name if each.author else "",
                tone=Tone.OK if each.reached else Tone.WARN,
            )
        )
    return moments


def past_closings(story: FileStory) -> list[Moment]:
    """Return the ends that a return followed, the last first: how each ended, and why the person came back."""
    moments = []
    for each in story.closings:
        if each.reopened_on is None:
            continue
        moments.append(Moment(title=_("Rouvert"), when=each.reopened_on, text=each.reopened_why, tone=Tone.OK))
        moments.append(
            Moment(
                title=_("Fermé : %(reason)s") % {"reason": each.get_reason_display()},
                when=each.closed_on,
                text=each.summary,
                who=each.author.name if each.author else "",
            )
        )
    return moments


def status_moments(story: FileStory) -> list[Moment]:
    """Return the immigration statuses, the latest first."""
    current = story.status_today
    return [
        Moment(
            title=status.get_category_display(),
            when=status.starts_on,
            text=_("jusqu’au %(date)s") % {"date": write_date(status.ends_on)} if status.ends_on else "",
            tone=Tone.OK if status == current else Tone.NEUTRAL,
        )
        for status in reversed(story.statuses)
    ]


def next_step(story: FileStory) -> dict[str, str] | None:
    """Return the one thing to do: a sentence that says why, its tone, the verb and the address of the button."""
    act = story.next_act
    if act is None:
        return None
    sentence, verb = _in_words(act)
    tone = "maple"
    if act == NextAct(Act.FOLLOW_UP):  # nothing in particular calls for a follow-up
        tone = "ok"
        if any(step.due_on < clock.today() for step in story.open_steps):
            tone, sentence = "warn", _("Un organisme s’occupe de la suite, mais une démarche dépasse sa date.")
    return {"why": sentence, "tone": tone, "verb": verb, "url": _address(story, act)}


def _in_words(act: NextAct) -> tuple[str, str]:
    need = act.need.label if act.need else ""
    match act.act:
        case Act.ASSESS:
            return _("Les besoins n’ont pas encore été évalués."), _("Évaluer les besoins")
        case Act.FINISH_ASSESSMENT:
            return _("L’évaluation est commencée, pas terminée."), _("Poursuivre l’évaluation")
        case Act.NOTE_NEED:
            return _("Aucun besoin n’est à traiter."), _("Ajouter un besoin")
        case Act.DRAFT_PLAN:
            return _("Les besoins sont connus, le plan reste à rédiger."), _("Rédiger le plan d’action")
        case Act.AGREE_PLAN:
            return _("Le plan est rédigé : il reste à en convenir avec la personne."), _("Convenir du plan")
        case Act.CLOSE_STEP:
            return _("Un résultat est reçu : « %(need)s ».") % {"need": need}, _("Faire le suivi et clore la démarche")
        case Act.REFER:
            return _("Ce besoin attend un service : « %(need)s ».") % {"need": need}, _("Orienter la personne")
        case _ if act.step:
            return _("Une démarche est en retard : « %(step)s ».") % {"step": act.step.title}, _("Faire le suivi")
        case _:
            return _("Tout suit son cours."), _("Noter un suivi")


def _address(story: FileStory, act: NextAct) -> str:
    uid = story.file.uid
    match act.act:
        case Act.ASSESS | Act.FINISH_ASSESSMENT:
            return reverse("staff:assessment", args=[uid])
        case Act.NOTE_NEED:
            return reverse("staff:need_add", args=[uid])
        case Act.DRAFT_PLAN:
            return reverse("staff:plan", args=[uid])
        case Act.AGREE_PLAN:
            return reverse("staff:plan_agree", args=[uid])
        case Act.REFER if act.need:
            return reverse("staff:refer", args=[act.need.uid])
        case _:
            follow_up = reverse("staff:follow_up", args=[uid])
            if act.referral:
                return f"{follow_up}?orientation={act.referral.uid}"
            return f"{follow_up}?demarche={act.step.uid}" if act.step else follow_up


# --- Referrals ------------------------------------------------------------------------------------------------------
def referral_moments(referral: Referral) -> list[Moment]:
    """Return everything that happened to a referral, in order: state, day, who, why."""
    moments = []
    for event in referral.events.order_by("happened_at", "pk"):
        state = ReferralStatus(event.to_status)
        moments.append(
            Moment(
                title=str(state.label),
                when=event.happened_at,
                text=event.note or _reason(referral, state),
                who=actor_in_words(event.actor_id, event.actor_name),
                tone=tone_of(state),
            )
        )
    return moments


def _reason(referral: Referral, state: ReferralStatus) -> str:
    if state == ReferralStatus.DECLINED and referral.decline_reason:
        return str(referral.decline_reason)
    if state == ReferralStatus.SCHEDULED and referral.scheduled_for:
        return _("Date fixée : %(date)s") % {"date": write_long_date(referral.scheduled_for)}
    if state == ReferralStatus.COMPLETED and referral.outcome:
        return referral.get_outcome_display()
    return ""


def shared_pairs(shared: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a partner reads, in words, in the order it is shown to them."""
    names = {
        "name": _("Nom"),
        "phone": _("Téléphone"),
        "email": _("Courriel"),
        "language": _("Langue préférée"),
        "need": _("Besoin"),
        "theme": _("Thème"),
        "location": _("Lieu du service"),
    }
    words: dict[str, Any] = dict(shared)
    if words.get("phone"):
        words["phone"] = write_phone(words["phone"])
    if words.get("language"):
        words["language"] = write_language(words["language"]).capitalize()
    if words.get("theme"):
        theme = Theme.objects.filter(code=words["theme"]).order_by("pk").first()
        words["theme"] = str(theme) if theme else words["theme"]
    return [(name, words[key]) for key, name in names.items() if key in words]
