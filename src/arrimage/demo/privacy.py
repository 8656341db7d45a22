"""The privacy officer's work, invented: incidents, communications, requests, by the actions of their pages."""

from datetime import date, timedelta

from arrimage.accounts.context import acting_as
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to
from arrimage.privacy.registers import actions
from arrimage.privacy.registers.actions import (
    Answer,
    Assessment,
    Closing,
    Extension,
    NewCommunication,
    NewNotice,
    NewStatement,
    Proof,
)
from arrimage.privacy.registers.enums import (
    Ground,
    IdentityProof,
    IncidentKind,
    InformationKind,
    NoticeTo,
    NoticeWay,
    ReceivedBy,
    RecordKind,
    RefusalGround,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.models import Communication, Incident, PersonRequest

K = InformationKind


def keep_registers(today: date, officer: Actor, agent: Actor, reception: Actor, newcomer: Actor) -> None:
    """Fill the registers around `today`, so that each thing the officer may have to do is there once."""
    with acting_as(officer):
        persons = list(persons_visible_to(officer).filter(region__code="06").order_by("pk")[:6])
    Registers(today, officer, persons).fill(agent, reception, newcomer)


class Registers:
    """The registers of the demonstration, as the officer keeps them."""

    def __init__(self, today: date, officer: Actor, persons: list[Person]) -> None:
        self.today = today
        self.officer = officer
        self.persons = persons

    def fill(self, agent: Actor, reception: Actor, newcomer: Actor) -> None:
        self.incidents(agent, reception)
        self.communications()
        self.letters()
        self.portal(newcomer)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    # --- Incidents --------------------------------------------------------------------------------------------------
    def incidents(self, agent: Actor, reception: Actor) -> None:
        self._report(
            agent,
            [
                Incident(
                    kind=IncidentKind.COMMUNICATION,
                    description="Le plan d’action d’une personne a été envoyé par courriel à un organisme du même nom.",
                    aware_on=self.ago(1),
                    occurred_from=self.ago(1),
                    information_kinds=[K.IDENTITY, K.CONTACT, K.NEEDS],
                    measures="L’organisme a confirmé par téléphone avoir détruit le courriel.",
                )
            ],
        )
        [sheet, curious, stolen] = self._report(
            reception,
            [
                Incident(
                    kind=IncidentKind.LOSS,
                    description="Une feuille de manifeste imprimée a été oubliée dans la salle d’attente.",
                    circumstances="Retrouvée le lendemain ; on ignore qui l’a vue.",
                    aware_on=self.ago(6),
                    occurred_from=self.ago(7),
                    information_kinds=[K.IDENTITY, K.OFFICIAL_NUMBERS, K.IMMIGRATION],
                    person_count=14,
                    quebec_count=14,
                ),
                Incident(
                    kind=IncidentKind.ACCESS,
                    description="Une personne du bureau a ouvert le dossier d’une voisine sans avoir à le faire.",
                    aware_on=self.ago(40),
                    occurred_from=self.ago(52),
                    occurred_until=self.ago(45),
                    occurred_is_approximate=True,
                    information_kinds=[K.IDENTITY, K.FAMILY],
                    person_count=1,
                    quebec_count=1,
                    measures="Rencontre avec la personne et rappel des règles à l’équipe.",
                ),
                Incident(
                    kind=IncidentKind.LOSS,
                    description="Un sac contenant des copies de pièces d’identité a été volé dans une voiture.",
                    aware_on=self.ago(200),
                    occurred_from=self.ago(201),
                    information_kinds=[K.IDENTITY, K.OFFICIAL_NUMBERS, K.FINANCES],
                    person_count=3,
                    quebec_count=3,
                ),
            ],
        )
        actions.assess_incidents(
            self.officer,
            [
                _assessment(
                    sheet, self.ago(4), serious=True, why="Des numéros officiels ont pu être lus par des inconnus."
                ),
                _assessment(curious, self.ago(37), serious=False, why="Rien n’est sorti du bureau."),
                _assessment(stolen, self.ago(199), serious=True, why="Les pièces volées permettent une fraude."),
            ],
        )
        for person in self.persons[:3]:
            actions.link_person(self.officer, stolen, person)
        actions.give_notices(
            self.officer,
            [
                NewNotice(sheet, NoticeTo.COMMISSION, NoticeWay.FORM, self.ago(3)),
                NewNotice(stolen, NoticeTo.COMMISSION, NoticeWay.FORM, self.ago(199)),
                NewNotice(stolen, NoticeTo.PERSONS, NoticeWay.PHONE, self.ago(198), note="Puis par lettre."),
                NewNotice(
                    stolen,
                    NoticeTo.OTHER,
                    NoticeWay.PHONE,
                    self.ago(199),
                    recipient="Institution financière des personnes",
                    note="Pour surveiller leurs comptes.",
                    information="Noms et numéros de compte de trois personnes",
                ),
            ],
        )
        measures = "Aucune copie de pièce ne quitte plus le bureau ; les personnes ont reçu une surveillance de crédit."
        actions.close_incidents(self.officer, [Closing(stolen, measures, self.ago(170))])

    def _report(self, who: Actor, incidents: list[Incident]) -> list[Incident]:
        for incident in incidents:
            incident.reported_at = min(clock.at(incident.aware_on, 9), clock.now())
        return actions.report_incidents(who, incidents)

    # --- Communications without consent -----------------------------------------------------------------------------
    def communications(self) -> None:
        [person, *_others] = self.persons
        montreal = person.region_id
        actions.record_communications(
            self.officer,
            [
                NewCommunication(
                    Communication(
                        region_id=montreal,
                        made_on=self.ago(150),
                        information_kinds=[K.IDENTITY, K.CONTACT],
                        information="Nom, date de naissance, adresse",
                        concerned="Enfants d’âge scolaire arrivés dans l’année",
                        recipient="Centre de services scolaire",
                        purpose="Inscrire les enfants à l’école du quartier.",
                        ground=Ground.S68_SERVICE,
                        agreement="Entente de communication avec le centre de services scolaire",
                        reason="Le service est rendu aux enfants et il faut les identifier.",
                        decided_by=self.officer.name,
                    )
                ),
                NewCommunication(
                    Communication(
                        region_id=montreal,
                        made_on=self.ago(90),
                        information_kinds=[K.IDENTITY],
                        information="Nom et date de naissance",
                        concerned="Une personne accompagnée",
                        recipient="Organisme qui verse une aide de dernier recours",
                        purpose="Établir le droit à une aide.",
                        ground=Ground.S67,
                        reason="La loi qui régit l’aide demande ce renseignement.",
                        decided_by=self.officer.name,
                    )
                ),
                NewCommunication(
                    Communication(
                        region_id=montreal,
                        made_on=self.ago(25),
                        information_kinds=[K.IDENTITY, K.CONTACT],
                        information="Nom, adresse et téléphone",
                        concerned="Une personne accompagnée",
                        recipient="Service de police",
                        purpose="Porter secours à la personne.",
                        ground=Ground.S59_1,
                        reason="Menace sérieuse et pressante rapportée par un proche.",
                        decided_by=self.officer.name,
                    ),
                    persons=[person],
                ),
            ],
        )

    # --- Requests ---------------------------------------------------------------------------------------------------
    def letters(self) -> None:
        """Requests that came otherwise than by the portal: one late, one soon due, one extended, two answered."""
        late, soon, extended, refused, granted = actions.record_requests(
            self.officer,
            [
                self._received(RequestKind.ACCESS, self.persons[1], 23, ReceivedBy.MAIL),
                self._received(RequestKind.ACCESS, self.persons[2], 16, ReceivedBy.MAIL),
                self._received(RequestKind.ACCESS, self.persons[3], 24, ReceivedBy.IN_PERSON),
                self._received(
                    RequestKind.RECTIFICATION,
                    self.persons[4],
                    60,
                    ReceivedBy.MAIL,
                    field="Date de naissance",
                    current_value="3 mars 1990",
                    wanted_value="3 mai 1990",
                ),
                self._received(
                    RequestKind.RECTIFICATION,
                    self.persons[5],
                    35,
                    ReceivedBy.IN_PERSON,
                    field="Numéro de téléphone",
                    current_value="514 555-0100",
                    wanted_value="514 555-0199",
                ),
            ],
        )
        actions.acknowledge_requests(self.officer, [late], on=self.ago(22))
        actions.acknowledge_requests(self.officer, [soon], on=self.ago(15))
        actions.acknowledge_requests(self.officer, [refused], on=self.ago(59))
        for request, days in ((soon, 14), (extended, 24), (refused, 55), (granted, 35)):
            actions.verify_identities(self.officer, [Proof(request, IdentityProof.DOCUMENT, self.ago(days))])
            actions.take_up_requests(self.officer, [request], on=self.ago(days - 1))
        reason = "Des pièces sont conservées dans un autre bureau."
        actions.extend_requests(self.officer, [Extension(extended, reason, self.ago(7))])
        actions.answer_requests(
            self.officer,
            [
                Answer(
                    refused,
                    RequestStatus.REFUSED,
                    "Nous ne pouvons pas changer cette date.",
                    ground=RefusalGround.EXACT,
                    explanation="La confirmation de résidence permanente porte la date inscrite.",
                    on=self.ago(45),
                ),
                Answer(
                    granted,
                    RequestStatus.GRANTED,
                    "Votre numéro de téléphone est corrigé. Merci de nous l’avoir signalé.",
                    changed_record=RecordKind.PERSON,
                    change_made="514 555-0100 devenu 514 555-0199",
                    on=self.ago(33),
                ),
            ],
        )
        said = "Mon acte de naissance porte le 3 mai 1990."
        actions.record_statements(self.officer, [NewStatement(refused, said, self.ago(30))])

    def portal(self, newcomer: Actor) -> None:
        """What the person of the demonstration asked in their own space: a copy they may take, a correction to come."""
        file = actions.ask(newcomer, RequestKind.PORTABILITY)
        actions.verify_identities(self.officer, [Proof(file, IdentityProof.ACCOUNT)])
        actions.take_up_requests(self.officer, [file])
        actions.produce_copy(self.officer, file)
        text = "Voici le fichier de vos renseignements, et un document que vous pouvez lire."
        actions.answer_requests(self.officer, [Answer(file, RequestStatus.GRANTED, text)])
        actions.ask(
            newcomer,
            RequestKind.RECTIFICATION,
            field="Mi dirección",
            current="Calle anterior",
            wanted="6500, rue Saint-Denis",
        )

    def _received(self, kind: RequestKind, person: Person, days: int, way: ReceivedBy, **fields: str) -> PersonRequest:
        return PersonRequest(kind=kind, person=person, received_by=way, received_on=self.ago(days), **fields)


def _assessment(incident: Incident, on: date, *, serious: bool, why: str) -> Assessment:
    return Assessment(
        incident,
        serious_risk=serious,
        conclusion=why,
        sensitivity="Numéros officiels : très sensibles." if serious else "Renseignements de base, peu sensibles.",
        consequences="Usurpation d’identité." if serious else "Gêne pour la personne.",
        likelihood="Réelle : on ignore qui détient les renseignements."
        if serious
        else "Faible : le lecteur est connu.",
        on=on,
    )
