from review.models.cases import Case, Disowning, Escalation
from review.models.pages import GovernmentCategory, ReviewedPage
from review.models.paper import PaperOpinion
from review.models.workflows import RoleTask, RoleTaskState, RouteWorkflow

__all__ = [
    "Case",
    "Disowning",
    "Escalation",
    "GovernmentCategory",
    "PaperOpinion",
    "ReviewedPage",
    "RoleTask",
    "RoleTaskState",
    "RouteWorkflow",
]
