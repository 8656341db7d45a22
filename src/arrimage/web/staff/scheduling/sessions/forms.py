"""Planning a session, filling it, saying who came."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_time
from arrimage.scheduling.enums import Mode, Presence
from arrimage.scheduling.group_sessions import NewMeeting
from arrimage.scheduling.models import Enrolment, GroupSession, Room, SessionProgramme
from arrimage.scheduling.session_queries import programmes_for
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import is_working_day
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.casework.languages import languages

MOST_DAYS = 20


class PlanForm(ShellForm):
    """A session over working days that follow each other, at the same hours each day."""

    programme = forms.ModelChoiceField(label=_("Programme"), queryset=SessionProgramme.objects.none())
    service_point = forms.ModelChoiceField(label=_("Point de services"), queryset=ServicePoint.objects.none())
    language = forms.ChoiceField(label=_("Langue"), initial="fr")
    mode = forms.ChoiceField(label=_("Façon de se rencontrer"), choices=Mode.choices)
    places = forms.IntegerField(label=_("Nombre de places"), min_value=1, max_value=500, initial=12)
    first_on = forms.DateField(label=_("Premier jour"))
    days = forms.IntegerField(
        label=_("Nombre de jours"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=4,
        help_text=_("Des jours ouvrables qui se suivent."),
    )
    starts = forms.TimeField(label=_("De"), initial="09:00", widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("À"), initial="12:00", widget=forms.TimeInput(attrs={"type": "time"}))
    starts_again = forms.TimeField(
        label=_("Puis de"), required=False, initial="13:00", widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends_again = forms.TimeField(
        label=_("À"), required=False, initial="16:00", widget=forms.TimeInput(attrs={"type": "time"})
    )
    agent = forms.ModelChoiceField(label=_("Animée par"), queryset=User.objects.none(), required=False)
    room = forms.ModelChoiceField(label=_("Salle"), queryset=Room.objects.none(), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    fieldsets: ClassVar[tuple[Fieldset, ...]] = (
        Fieldset(_("La séance"), ("programme", "service_point", "language", "mode", "places")),
        Fieldset(_("Les jours et les heures"), ("first_on", "days", "starts", "ends", "starts_again", "ends_again")),
        Fieldset(_("Qui et où"), ("agent", "room", "note")),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = {} if actor.region_id is None else {"region_id": actor.region_id}
        points = ServicePoint.objects.open_on(clock.today()).filter(**here)
        team = User.objects.filter(pk__in=_grants(actor).values("user")).order_by("name")
        rooms = Room.objects.filter(service_point__in=points, is_used=True).select_related("service_point")
        self._offer("programme", programmes_for(actor.region_id))
        self._offer("service_point", points.order_by("name"))
        self._offer("agent", team)
        self._offer("room", rooms.order_by("service_point__name", "name"))
        self.fields["language"].choices = languages("fr")  # type: ignore[attr-defined]
        self.fields["room"].label_from_instance = _room_in_words  # type: ignore[attr-defined]

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for first, last in (("starts", "ends"), ("starts_again", "ends_again")):
            begin, end = data.get(first), data.get(last)
            if begin and end and begin >= end:
                self.add_error(last, _("La fin vient après le début."))
            if bool(begin) != bool(end) and first == "starts_again" and not {first, last} & self.errors.keys():
                self.add_error(last, _("Dites le début et la fin, ou aucun des deux."))
        again, noon = data.get("starts_again"), data.get("ends")
        if again and noon and again < noon:
            self.add_error("starts_again", _("La seconde partie commence après la première."))
        if data.get("first_on") and data["first_on"] < clock.today():
            self.add_error("first_on", _("Choisissez un jour à venir."))
        room, point = data.get("room"), data.get("service_point")
        if room and point and room.service_point_id != point.pk:
            self.add_error("room", _("Cette salle est dans un autre point de services."))
        return data

    def meetings(self) -> list[NewMeeting]:
        """Return what was asked for: one or two stretches a working day."""
        data = self.cleaned_data
        hours = [(data["starts"], data["ends"])]
        if data["starts_again"]:
            hours.append((data["starts_again"], data["ends_again"]))
        made: list[NewMeeting] = []
        day, left = data["first_on"], data["days"]
        while left:
            if is_working_day(day):
                left -= 1
                made += [
                    NewMeeting(
                        clock.at(day, begin.hour, begin.minute),
                        clock.at(day, end.hour, end.minute),
                        agent=data["agent"],
                        room=data["room"],
                    )
                    for begin, end in hours
                ]
            day += timedelta(days=1)
        return made


def _grants(actor: Actor) -> QuerySet[RoleGrant]:
    grants = RoleGrant.objects.live_on(clock.today()).filter(role__in=[Role.INTEGRATION_AGENT, Role.TEAM_LEAD])
    return grants if actor.region_id is None else grants.filter(region_id=actor.region_id)


def _room_in_words(room: Room) -> str:
    return str(_("%(room)s, %(point)s (%(places)s places)")) % {
        "room": room.name,
        "point": room.service_point.name,
        "places": room.places,
    }


class PlacesForm(ShellForm):
    places = forms.IntegerField(label=_("Nombre de places"), min_value=1, max_value=500)


class CancelForm(ShellForm):
    """Where the people of a cancelled session go."""

    into = forms.ModelChoiceField(
        label=_("Proposer à la place"),
        queryset=GroupSession.objects.none(),
        required=False,
        empty_label=_("Aucune : je rappellerai les personnes"),
        help_text=_("Chacun y garde son rang. Quand les places manquent, les derniers sont en attente."),
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
        self.fields["into"].label_from_instance = session_in_words  # type: ignore[attr-defined]


def session_in_words(session: Any) -> str:
    """Return « 27 nov. 2026, 9 h · Place Dupuis », of a session read `with_dates`."""
    return f"{write_date(session.starts_at)}, {write_time(session.starts_at)} · {session.service_point}"


class EnrolForm(ShellForm):
    """Which of the sessions to come, for which persons of the household."""

    session = forms.ChoiceField(label=_("Séance"), widget=forms.RadioSelect)
    persons = forms.MultipleChoiceField(label=_("Qui y participera"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, sessions: Sequence[Any], left: dict[int, int], files: Iterable[File], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {str(each.uid): each for each in sessions}
        self.guests = {str(each.uid): each for each in files}
        self.fields["session"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.programme} · {session_in_words(each)} · {_places_in_words(left[each.pk])}")
            for key, each in self.sessions.items()
        ]
        self.fields["persons"].choices = [  # type: ignore[attr-defined]
            (key, str(each.person)) for key, each in self.guests.items()
        ]


def _places_in_words(left: int) -> str:
    if not left:
        return str(_("complet, liste d’attente"))
    return str(_("places libres : %(n)s")) % {"n": left}


class SheetForm(forms.Form):
    """Presence of each at one meeting: a field an enrolment."""

    def __init__(self, *args: Any, enrolments: Iterable[Enrolment], known: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in enrolments:
            self.fields[f"p{each.pk}"] = forms.ChoiceField(
                label=str(each.person),
                choices=Presence.choices,
                required=False,
                initial=known.get(each.pk),
                widget=forms.RadioSelect,
            )

    def presences(self) -> dict[int, str]:
        """Return what was said, by key of the enrolment; who was left blank is left out."""
        return {int(name[1:]): said for name, said in self.cleaned_data.items() if said}
