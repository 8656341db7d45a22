from arrimage.casework.models.assessments import Assessment, Need
from arrimage.casework.models.contacts import Milestone, MilestoneContact, PlannedContact
from arrimage.casework.models.documents import Document
from arrimage.casework.models.files import File, FileSerial
from arrimage.casework.models.plans import FollowUp, Plan, Step
from arrimage.casework.models.referrals import ConsentNotice, Referral, ReferralEvent
from arrimage.casework.models.teamwork import Absence, AbsenceCover, AgentProfile, CaseWeight, FileMove, Handover
from arrimage.casework.models.transfers import Transfer, TransferredFile

__all__ = [
    "Absence",
    "AbsenceCover",
    "AgentProfile",
    "Assessment",
    "CaseWeight",
    "ConsentNotice",
    "Document",
    "File",
    "FileMove",
    "FileSerial",
    "FollowUp",
    "Handover",
    "Milestone",
    "MilestoneContact",
    "Need",
    "Plan",
    "PlannedContact",
    "Referral",
    "ReferralEvent",
    "Step",
    "Transfer",
    "TransferredFile",
]
