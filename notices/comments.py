"""A word between author and reviewers while an item is on its way. Reviewers have no editor, so it stands here.

Comments decide nothing: what sends an item back is a signed opinion (Article 14).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from notices import recipients
from notices.models import Comment, Kind
from notices.telling import tell
from publication.models import SignOff
from regulation.refusals import Refusal
from review import cases
from review.visibility import may_see, visible_cases

LONGEST = 2000
OVER = ("published", "superseded", "taken_down", "expired")


def of_case(case, user):
    """Everything said about this object in rounds that this person may open, oldest first."""
    if case.quarantined:
        return Comment.objects.none()
    seen = visible_cases(user).filter(object_id=case.object_id).values("pk")
    found = Comment.objects.filter(object_id=case.object_id, submission_id__in=seen)
    return found.select_related("person")


def may_comment(case, user):
    """A refusal, or nothing: the author, and whoever signs or signed a step of it, until it is public."""
    if case.quarantined or case.status in OVER or not may_see(case, user):
        return Refusal(_("Nothing can be added to this item."), article="14", code="no_comment")
    if user.pk in (case.author_id, case.kept_by_id) or user.pk in signatories(case):
        return None
    return Refusal(
        _("Comments are for the author and for those who sign this item."), article="14", code="not_involved"
    )


def signatories(case):
    """Everybody who may sign a step of it, and everybody who did."""
    found = set(SignOff.objects.filter(submission_id=case.pk).values_list("person_id", flat=True))
    return found.union(*(recipients.holding(step.unit_id, step.posts) for step in case.steps))


@transaction.atomic
def add(case, user, text):
    """Writes it down and tells the others: the author, who is to sign now, and who took part in the talk."""
    case = cases.lock(case.pk)
    if refusal := may_comment(case, user):
        raise refusal
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Refusal(
            _("Write between 1 and %(n)s characters.") % {"n": LONGEST}, article="14", code="length"
        )
    comment = Comment.objects.create(submission_id=case.pk, object_id=case.object_id, person=user, text=text)
    comment.refresh_from_db(fields=["at"])
    tell(case, Kind.COMMENT, _others(case) - {user.pk}, comment.at)
    return comment


def _others(case):
    talking = Comment.objects.filter(object_id=case.object_id).values_list("person_id", flat=True)
    waiting = recipients.able(case) if case.step_unit_id else set()
    return recipients.author(case) | waiting | set(talking)
