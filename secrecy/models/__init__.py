from secrecy.models.destruction import Destruction, Witness
from secrecy.models.keeping import Custody, SheetPrint
from secrecy.models.quarantine import Quarantine
from secrecy.models.referrals import Referral, SecrecyConclusion
from secrecy.models.rows import SecrecyRow
from secrecy.models.sheets import SealEvidence, SecrecySheet, SheetRow
from secrecy.models.tasks import SecrecyReviewTask, SecrecyTaskState

__all__ = [
    "Custody",
    "Destruction",
    "Quarantine",
    "Referral",
    "SealEvidence",
    "SecrecyConclusion",
    "SecrecyReviewTask",
    "SecrecyRow",
    "SecrecySheet",
    "SecrecyTaskState",
    "SheetPrint",
    "SheetRow",
    "Witness",
]
