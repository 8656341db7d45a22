from arrimage.casework.models.agreed_plans import Amendment, DeclinedProposal, PlanVersion
from arrimage.casework.models.assessments import Assessment, Need
from arrimage.casework.models.documents import Document
from arrimage.casework.models.files import File, FileSerial
from arrimage.casework.models.plans import FollowUp, Goal, Plan, Step
from arrimage.casework.models.referrals import ConsentNotice, Referral, ReferralEvent

__all__ = [
    "Amendment",
    "Assessment",
    "ConsentNotice",
    "DeclinedProposal",
    "Document",
    "File",
    "FileSerial",
    "FollowUp",
    "Goal",
    "Need",
    "Plan",
    "PlanVersion",
    "Referral",
    "ReferralEvent",
    "Step",
]
