"""Load the demonstration, step by step, in one transaction: all of it or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction

from arrimage.accounts.context import acting_as
from arrimage.accounts.letters import no_letters
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, actor_of, system_actor
from arrimage.demo import accounts, bilan, details, hours, interpreters, privacy, sessions
from arrimage.demo.annexes import open_annexes
from arrimage.demo.doing.chain import Chain
from arrimage.demo.drafts import prepare_draft
from arrimage.demo.parts import describe_services
from arrimage.demo.places import count_places
from arrimage.demo.planning.households import households
from arrimage.demo.positions import place_on_map
from arrimage.demo.tables import Rows, agreements, arrivals, as_csv, employers, organisations, staff
from arrimage.demo.upkeep import keep_directory
from arrimage.foundation import clock
from arrimage.foundation.imports import importers, run_import
from arrimage.people.models import Person

EARLIEST = date(2023, 1, 1)  # live work must not fall into the fixed history


class Progress(Protocol):
    """Told of each step as it begins."""

    def __call__(self, step: int, total: int, label: str) -> None: ...


class DemonstrationRefused(RuntimeError):
    """A table of the demonstration was refused by its own import."""


def is_loaded() -> bool:
    """Say whether this database holds the demonstration."""
    with acting_as(system_actor("demonstration")):
        return User.objects.filter(email=f"admin@{staff.DOMAIN}").exists()


def load(progress: Progress) -> None:
    """Load Montréal's demonstration around `clock.today()`."""
    today = clock.today()
    steps = list(_steps(today))
    with _no_letters(), transaction.atomic(), _quick_commits(), acting_as(system_actor("demonstration")):
        for number, (label, work) in enumerate(steps, start=1):
            progress(number, len(steps), label)
            work()


@contextmanager
def _no_letters() -> Iterator[None]:
    """Write to nobody: what the demonstration's people did lies in the past, and is invented."""
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        with no_letters():
            yield
    finally:
        settings.EMAIL_BACKEND = backend


@contextmanager
def _quick_commits() -> Iterator[None]:
    """Not wait for the disk: a demonstration lost to a power cut is loaded again."""
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
    yield


def _steps(today: date) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each step's label and what it does, in the order the directorate would have done them."""
    people: dict[str, Actor] = {}

    def open_accounts() -> None:
        people["admin"] = accounts.open_installation()
        take_in("service_points", staff.service_points(), people["admin"])
        take_in("staff", staff.staff(), people["admin"])
        for name in ("accueil", "conseiller", "conseiller.laval"):
            people[name] = accounts.actor_for(name)

    def by_region(kind: str, rows: Rows) -> None:
        take_in(kind, [row for row in rows if row.get("region") != "13"], people["conseiller"])
        take_in(kind, [row for row in rows if row.get("region") == "13"], people["conseiller.laval"])

    def open_directory() -> None:
        by_region("organisations", organisations.organisations())
        by_region("services", organisations.services())
        with acting_as(people["conseiller"]):
            describe_services(people["conseiller"])
            open_annexes(people["conseiller"])
            place_on_map(people["conseiller"])
        accounts.open_partner_accounts(people["admin"])

    def sign_agreements() -> None:
        by_region("agreements", agreements.agreements(today))
        by_region("instalments", agreements.instalments(today))
        by_region("deliverables", agreements.deliverables(today))

    def accompany_employers() -> None:
        by_region("employers", employers.employers())
        advisors = [f"conseiller@{staff.DOMAIN}", *(f"conseiller{rank:02}@{staff.DOMAIN}" for rank in range(2, 13))]
        by_region("accompaniments", employers.accompaniments(today, advisors))
        accounts.open_employer_account(people["admin"])

    yield "Points de services et personnel", open_accounts
    yield "Horaires et salles", lambda: hours.write_hours(accounts.actor_for("equipe2"), today)
    yield "Organismes et services", open_directory
    yield "Ententes, versements et livrables", sign_agreements
    yield "Actions locales", lambda: by_region("local_actions", agreements.local_actions(today))
    yield "Employeurs et accompagnements", accompany_employers

    found = households(today)
    chains: list[Chain] = []

    def announce() -> None:
        take_in("arrivals", arrivals.manifest(found), people["accueil"])
        chains.append(Chain(today, found, people["accueil"].region_id or 0))

    def give_first_appointments() -> None:
        chains[0].book()
        hours.keep_times(accounts.actor_for("equipe2"), today)

    yield "Manifestes d’arrivées", announce
    yield "Accueil à l’aéroport", lambda: chains[0].airport.meet()
    yield "Ouverture des dossiers", lambda: chains[0].airport.open_files()
    yield "Premiers rendez-vous", give_first_appointments
    yield "Consentements", lambda: chains[0].office.consent()
    yield "Évaluations des besoins", lambda: chains[0].office.assess()
    yield "Plans rédigés", lambda: chains[0].office.draft()
    yield "Plans convenus", lambda: chains[0].office.agree()
    yield "Orientations envoyées", lambda: chains[0].refer()
    yield "Réponses, services et résultats", lambda: chains[0].answer()
    yield "Besoins réorientés", lambda: chains[0].refer_again()
    yield "Démarches closes", lambda: chains[0].close_steps()
    yield "Suivis", lambda: chains[0].call()
    yield "Rendez-vous de suivi", lambda: chains[0].meet_again()
    yield "Besoins réévalués", lambda: chains[0].reassess()
    yield "Consentements retirés et refus", lambda: chains[0].withdraw_consents()
    yield "Notes", lambda: chains[0].write_notes(accounts.actor_for("equipe1"), accounts.actor_for("agente"))
    yield "Dossiers fermés", lambda: chains[0].close_files()
    yield (
        "Dossiers transférés",
        lambda: chains[0].transfer(*(accounts.actor_for(name) for name in ("agente", "agente.laval", "equipe2"))),
    )

    def open_doors() -> None:
        account = accounts.open_person_account(people["admin"])
        people["personne"] = actor_of(account)
        accounts.set_passwords()

    yield "Places des services", lambda: count_places(people["conseiller"], today)
    yield "Répertoire tenu à jour", lambda: keep_directory(people["conseiller"], today)

    yield "Accès de démonstration", open_doors

    def keep_registers() -> None:
        officer, agent, reception = (accounts.actor_for(name) for name in ("vieprivee", "agente", "accueil"))
        privacy.keep_registers(today, officer, agent, reception, people["personne"])

    def hold_sessions() -> None:
        sessions.hold_sessions(today, Person.objects.get(pk=people["personne"].scope_id or 0))

    yield "Séances de groupe", hold_sessions
    yield "Interprètes", lambda: interpreters.book_interpreters(today)
    yield "Registres de la vie privée", keep_registers
    yield "Texte du bilan de 2020-2021", lambda: bilan.write_bilan(accounts.actor_for("direction"))
    yield "Brouillon de questionnaire", lambda: prepare_draft(accounts.actor_for("analyse"))
    yield "Langues, français, scolarité et métiers", lambda: details.add_details(today)


def take_in(kind: str, rows: Rows, actor: Actor) -> None:
    """Import rows as somebody would; a refusal is a fault of the demonstration, said with its first rows."""
    if not rows:
        return
    with acting_as(actor):
        report = run_import(importers()[kind], as_csv(rows), f"{kind}.csv", actor, wet=True)
    if report.errors:
        told = "; ".join(f"{error.row} {error.column}: {error.message}" for error in report.errors[:5])
        raise DemonstrationRefused(f"{kind}: {told}")
