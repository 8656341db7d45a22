from arrimage.casework.models.assessments import Assessment, Need
from arrimage.casework.models.closings import Closing, FileEvent
from arrimage.casework.models.documents import Document
from arrimage.casework.models.files import File, FileSerial
from arrimage.casework.models.notes import Note, NoteAddition, NoteTemplate
from arrimage.casework.models.plans import FollowUp, Plan, Step
from arrimage.casework.models.referrals import ConsentNotice, Referral, ReferralEvent

__all__ = [
    "Assessment",
    "Closing",
    "ConsentNotice",
    "Document",
    "File",
    "FileEvent",
    "FileSerial",
    "FollowUp",
    "Need",
    "Note",
    "NoteAddition",
    "NoteTemplate",
    "Plan",
    "Referral",
    "ReferralEvent",
    "Step",
]
