"""Whom a notice may reach: always by post and rule of this minute, never by a list somebody keeps.

Nobody is told of what is not his: whoever does not hold the step itself must be allowed to open the item, by the
same rule that keeps it from his screens (`review.visibility`).
"""

from organisation.authority import holders
from organisation.models import User
from publication.models import SignOff
from publication.standing import APPROVING
from review.staffing import offices
from review.visibility import may_see

LEADERS = ("branch_leader", "supervising_leader", "principal_leader")
EGOV_SUPERVISION = ("web_manager", "supervising_leader")
GOV_SUPERVISION = ("reviewer", "branch_leader")
SHARED_OPINIONS = ("seal",)  # whoever wrote or signed may seal as well


def author(case):
    """Whoever looks after it now: its author, or who took over from him (Article 11)."""
    return {case.kept_by_id}


def able(case):
    """Who may sign the step that waits: holders and delegates, without its author and its earlier signatories."""
    found = holding(case.step_unit_id, case.posts)
    if case.opinion in SHARED_OPINIONS or case.pause == "referred":
        return found
    earlier = SignOff.objects.filter(submission_id=case.pk, decision="agree").exclude(opinion="seal")
    return found - {case.author_id, case.kept_by_id} - set(earlier.values_list("person_id", flat=True))


def leaders(case):
    """Of the office whose step it is; the first rung of the ladder."""
    return holding(case.step_unit_id, LEADERS)


def egov(case):
    return holding(offices()["egov"], EGOV_SUPERVISION)


def gov(case):
    return holding(offices()["gov"], GOV_SUPERVISION)


def secrecy_body(case):
    return holding(case.unit_id, ("secrecy_body",))


def answerable(case):
    """For what was public and is not any more: author, leaders of the unit, and the approver who decides."""
    return author(case) | holding(case.unit_id, LEADERS) | deciders(case)


def deciders(case):
    """The approver of the item's route, who ratifies or restores what was taken down."""
    steps = (step for step in case.steps if step.opinion in APPROVING)
    return set().union(*(holding(step.unit_id, step.posts) for step in steps))


def deciders_leaders(case):
    units = {step.unit_id for step in case.steps if step.opinion in APPROVING}
    return set().union(*(holding(unit_id, LEADERS) for unit_id in units))


def allowed(case, ids, sure=()):
    """Those of them who may open the item now; whoever looks after it and `sure` may, unless it is sealed away."""
    people = User.objects.filter(pk__in=ids, is_active=True)
    sure = set() if case.quarantined else {case.kept_by_id, *sure}
    return [person.pk for person in people if person.pk in sure or may_see(case, person)]


def holding(unit_id, posts):
    """Who holds one of these posts there at this minute, in his own right or for somebody."""
    return set(holders(unit_id, posts).values_list("pk", flat=True))
