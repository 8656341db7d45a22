from arrimage.casework.models.assessments import Assessment, Need
from arrimage.casework.models.closings import Closing, FileEvent
from arrimage.casework.models.documents import Document
from arrimage.casework.models.files import File, FileSerial
from arrimage.casework.models.links import LinkEvent, ReferralLink
from arrimage.casework.models.notes import Note, NoteAddition, NoteTemplate
from arrimage.casework.models.plans import FollowUp, Plan, Step
from arrimage.casework.models.practices import DeclineReason, ReferralDelays
from arrimage.casework.models.referrals import ConsentNotice, Referral, ReferralEvent

__all__ = [
    "Assessment",
    "Closing",
    "ConsentNotice",
    "DeclineReason",
    "Document",
    "File",
    "FileEvent",
    "FileSerial",
    "FollowUp",
    "LinkEvent",
    "Need",
    "Note",
    "NoteAddition",
    "NoteTemplate",
    "Plan",
    "Referral",
    "ReferralDelays",
    "ReferralEvent",
    "ReferralLink",
    "Step",
]
