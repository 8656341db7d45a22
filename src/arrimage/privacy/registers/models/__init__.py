from arrimage.privacy.registers.models.communications import Communication, CommunicationPerson
from arrimage.privacy.registers.models.incidents import Incident, IncidentEvent, IncidentNotice, IncidentPerson
from arrimage.privacy.registers.models.requests import Copy, CopyContent, PersonRequest, RequestEvent, Statement
from arrimage.privacy.registers.models.serials import RegisterSerial

__all__ = [
    "Communication",
    "CommunicationPerson",
    "Copy",
    "CopyContent",
    "Incident",
    "IncidentEvent",
    "IncidentNotice",
    "IncidentPerson",
    "PersonRequest",
    "RegisterSerial",
    "RequestEvent",
    "Statement",
]
