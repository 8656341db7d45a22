from arrimage.casework.models.agreed_plans import Amendment, DeclinedProposal, PlanVersion
from arrimage.casework.models.assessments import Assessment, Need
from arrimage.casework.models.closings import Closing, FileEvent
from arrimage.casework.models.contacts import Milestone, MilestoneContact, PlannedContact
from arrimage.casework.models.documents import Document
from arrimage.casework.models.exchanges import DateProposal, ReferralMessage, SharedAnswerReview
from arrimage.casework.models.files import File, FileSerial
from arrimage.casework.models.links import LinkEvent, ReferralLink
from arrimage.casework.models.messages import AppointmentMessage
from arrimage.casework.models.notes import Note, NoteAddition, NoteTemplate
from arrimage.casework.models.plans import FollowUp, Goal, Plan, Step
from arrimage.casework.models.practices import DeclineReason, ReferralDelays
from arrimage.casework.models.referrals import ConsentNotice, Referral, ReferralChoice, ReferralEvent
from arrimage.casework.models.teamwork import Absence, AbsenceCover, AgentProfile, CaseWeight, FileMove, Handover
from arrimage.casework.models.transfers import Transfer, TransferredFile

__all__ = [
    "Absence",
    "AbsenceCover",
    "AgentProfile",
    "Amendment",
    "AppointmentMessage",
    "Assessment",
    "CaseWeight",
    "Closing",
    "ConsentNotice",
    "DateProposal",
    "DeclineReason",
    "DeclinedProposal",
    "Document",
    "File",
    "FileEvent",
    "FileMove",
    "FileSerial",
    "FollowUp",
    "Goal",
    "Handover",
    "LinkEvent",
    "Milestone",
    "MilestoneContact",
    "Need",
    "Note",
    "NoteAddition",
    "NoteTemplate",
    "Plan",
    "PlanVersion",
    "PlannedContact",
    "Referral",
    "ReferralChoice",
    "ReferralDelays",
    "ReferralEvent",
    "ReferralLink",
    "ReferralMessage",
    "SharedAnswerReview",
    "Step",
    "Transfer",
    "TransferredFile",
]
