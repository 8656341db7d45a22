from arrimage.casework.models.assessments import Assessment, Need
from arrimage.casework.models.documents import Document
from arrimage.casework.models.exchanges import DateProposal, ReferralMessage, SharedAnswerReview
from arrimage.casework.models.files import File, FileSerial
from arrimage.casework.models.links import LinkEvent, ReferralLink
from arrimage.casework.models.plans import FollowUp, Plan, Step
from arrimage.casework.models.practices import DeclineReason, ReferralDelays
from arrimage.casework.models.referrals import ConsentNotice, Referral, ReferralEvent

__all__ = [
    "Assessment",
    "ConsentNotice",
    "DateProposal",
    "DeclineReason",
    "Document",
    "File",
    "FileSerial",
    "FollowUp",
    "LinkEvent",
    "Need",
    "Plan",
    "Referral",
    "ReferralDelays",
    "ReferralEvent",
    "ReferralLink",
    "ReferralMessage",
    "SharedAnswerReview",
    "Step",
]
