from arrimage.casework.models.assessments import Assessment, Need
from arrimage.casework.models.documents import Document
from arrimage.casework.models.files import File, FileSerial
from arrimage.casework.models.plans import FollowUp, Plan, Step
from arrimage.casework.models.referrals import ConsentNotice, Referral, ReferralEvent

__all__ = [
    "Assessment",
    "ConsentNotice",
    "Document",
    "File",
    "FileSerial",
    "FollowUp",
    "Need",
    "Plan",
    "Referral",
    "ReferralEvent",
    "Step",
]
