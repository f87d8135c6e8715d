from secrecy.models.quarantine import Quarantine
from secrecy.models.referrals import Referral, SecrecyConclusion
from secrecy.models.rows import SecrecyRow
from secrecy.models.sheets import SealEvidence, SecrecySheet, SheetRow
from secrecy.models.tasks import SecrecyReviewTask, SecrecyTaskState

__all__ = [
    "Quarantine",
    "Referral",
    "SealEvidence",
    "SecrecyConclusion",
    "SecrecyReviewTask",
    "SecrecyRow",
    "SecrecySheet",
    "SecrecyTaskState",
    "SheetRow",
]
