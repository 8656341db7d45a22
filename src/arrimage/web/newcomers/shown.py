"""A file in plain words: what comes next, with whom, where, what to bring."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.casework.enums import OPEN_STEPS, WITH_PARTNER, ReferralStatus, StepOwner
from arrimage.casework.models import DateProposal, Referral, Step
from arrimage.casework.step_rules import title_of
from arrimage.directory.choosing.record import components_kept
from arrimage.directory.choosing.words import plain
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_long_date
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.web.states import Tone

_S = ReferralStatus


@dataclass(frozen=True)
class ShownAppointment:
    """An appointment: what it is, what to bring, whether it is still to come."""

    appointment: Appointment
    title: str
    bring: str
    is_coming: bool
    is_offered: bool = False
    state: str = ""


def shown_appointment(appointment: Appointment) -> ShownAppointment:
    first = appointment.kind == AppointmentKind.FIRST
    coming = appointment.status == AppointmentStatus.BOOKED and appointment.ends_at > clock.now()
    is_offered = (
        appointment.status == AppointmentStatus.OFFERED
        and appointment.held_until is not None
        and appointment.held_until > clock.now()
    )
    bring = (
        _("Votre passeport, votre confirmation de résidence permanente ou votre permis, et la feuille de l’aéroport.")
        if first
        else _("Les lettres et papiers reçus depuis la dernière fois.")
    )
    return ShownAppointment(
        appointment,
        title=_("Premier rendez-vous") if first else _("Rendez-vous de suivi"),
        bring=bring if coming else "",
        is_coming=coming,
        is_offered=is_offered,
        state=_appointment_state(appointment, coming),
    )


def _appointment_state(appointment: Appointment, coming: bool) -> str:
    match appointment.status:
        case AppointmentStatus.CANCELLED:
            return _("Annulé")
        case AppointmentStatus.NO_SHOW:
            return _("Vous n’y étiez pas")
        case AppointmentStatus.KEPT:
            return _("A eu lieu")
        case AppointmentStatus.OFFERED:
            return _("Proposé, sans réponse à temps")
    return "" if coming else _("Passé")


@dataclass(frozen=True)
class ShownStep:
    """A step of the plan: in the person's language where a rule proposed it, else in the words it was written in."""

    step: Step
    who: str
    state: str
    tone: Tone
    is_open: bool

    @property
    def language(self) -> str:
        """The language of the title."""
        title = title_of(self.step.rule, self.step.title)
        wanted = (get_language() or "fr")[:2]
        if title is None:
            return self.step.language
        return wanted if wanted in title.others else "fr"

    @property
    def title(self) -> str:
        title = title_of(self.step.rule, self.step.title)
        return self.step.title if title is None else title.in_language(self.language)


def shown_step(step: Step) -> ShownStep:
    who = {
        StepOwner.PERSON: _("Vous"),
        StepOwner.AGENT: _("Votre agente ou agent"),
        StepOwner.PARTNER: _("Un organisme"),
    }[StepOwner(step.owner)]
    is_open = step.status in OPEN_STEPS
    if not is_open:
        done = step.done_on is not None
        state = _("Fait") if done else _("Mis de côté")
        return ShownStep(step, who, state, Tone.OK if done else Tone.NEUTRAL, is_open)
    if step.due_on < clock.today():
        state = _("Prévu pour le %(date)s") % {"date": write_long_date(step.due_on)}
        return ShownStep(step, who, state, Tone.WARN, is_open)
    state = _("D’ici le %(date)s") % {"date": write_long_date(step.due_on)}
    return ShownStep(step, who, state, Tone.INFO, is_open)


@dataclass(frozen=True)
class ShownReferral:
    """A service the person was sent to, and where it stands, said to them."""

    referral: Referral
    state: str
    tone: Tone
    is_live: bool
    dates: list[DateProposal] = field(default_factory=list)  # among which the person chooses
    reasons: list[str] = field(default_factory=list)  # why it was proposed

    @property
    def where(self) -> str:
        """Where they were sent; else where the service is first of all, else its organisation."""
        address: str = self.referral.shared.get("location", "") or self.referral.service.address
        return address or self.referral.organisation.address


def shown_referral(referral: Referral) -> ShownReferral:
    sentence, tone = _referral_state(referral)
    live = referral.status in WITH_PARTNER
    reasons = [plain(one) for one in components_kept(referral.proposed)]
    return ShownReferral(referral, sentence, tone, live, reasons=[reason for reason in reasons if reason])


def _referral_state(referral: Referral) -> tuple[str, Tone]:
    match ReferralStatus(referral.status):
        case _S.SENT | _S.REMINDED:
            return _("L’organisme doit répondre d’ici le %(date)s. Vous n’avez rien à faire.") % {
                "date": write_long_date(referral.answer_due)
            }, Tone.INFO
        case _S.ACCEPTED:
            return _("L’organisme a dit oui. Il communiquera avec vous pour fixer une date."), Tone.OK
        case _S.SCHEDULED:
            return _date_of(referral), Tone.OK
        case _S.NO_SHOW:
            return _("Vous n’étiez pas au rendez-vous. Appelez l’organisme pour en fixer un autre."), Tone.MAPLE
        case _S.ATTENDED:
            return _("Vous avez rencontré l’organisme."), Tone.OK
        case _S.STARTED:
            return _("Le service est commencé."), Tone.OK
        case _S.COMPLETED:
            return _("Le service est terminé."), Tone.OK
        case _S.DECLINED | _S.EXPIRED:
            return _("L’organisme n’a pas pu vous recevoir. Votre agente ou agent cherche un autre service."), Tone.WARN
        case _S.STOPPED:
            return _("Le service s’est arrêté. Votre agente ou agent en reparlera avec vous."), Tone.WARN
        case _:
            return _("Cette demande est annulée."), Tone.NEUTRAL


def _date_of(referral: Referral) -> str:
    day: date | None = referral.scheduled_for
    if day is None or day < clock.today():
        return _("Vous aviez une date avec l’organisme.")
    return _("L’organisme vous attend le %(date)s.") % {"date": write_date(day, "EEEE d MMMM")}


@dataclass(frozen=True)
class Next:
    """The one thing that comes next: an appointment, a date with a service, a step of one's own, or waiting."""

    appointment: ShownAppointment | None = None
    referral: ShownReferral | None = None
    step: ShownStep | None = None


def what_is_next(
    appointments: Sequence[ShownAppointment], referrals: Sequence[ShownReferral], steps: Sequence[ShownStep]
) -> Next:
    """Return what comes first in time; a missed date before anything the person does on their own."""
    today = clock.today()
    coming = next((one for one in appointments if one.is_coming), None)
    dated = [
        one
        for one in referrals
        if one.referral.status == _S.SCHEDULED and one.referral.scheduled_for and one.referral.scheduled_for >= today
    ]
    service = min(dated, key=lambda one: one.referral.scheduled_for or today, default=None)
    if coming and service and service.referral.scheduled_for:
        if service.referral.scheduled_for < coming.appointment.starts_at.date():
            return Next(referral=service)
        return Next(appointment=coming)
    if coming or service:
        return Next(appointment=coming, referral=service)
    missed = next((one for one in referrals if one.referral.status == _S.NO_SHOW), None)
    if missed:
        return Next(referral=missed)
    return Next(step=next((one for one in steps if one.is_open and one.step.owner == StepOwner.PERSON), None))
