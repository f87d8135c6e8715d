"""What people are told about opinions on paper: their own, and those that wait for a second person."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from organisation.authority import authorities_of
from publication.models import SignOff
from review.acts.paper import DESK
from review.models import Case, Disowning, PaperOpinion
from review.visibility import visible_cases

TOLD_FOR = timedelta(days=30)


def signed_in_my_name(user):
    """Signatures on paper entered for this person and not disowned: he is told on his desk, for a month."""
    disowned = Disowning.objects.filter(signoff_id=OuterRef("pk"))
    rows = SignOff.objects.filter(
        ~Exists(disowned), person_id=user.pk, medium="paper", signed_at__gte=timezone.now() - TOLD_FOR
    )
    rows = list(rows.order_by("-pk")[:20])
    if not rows:
        return []
    cases = Case.objects.in_bulk({row.submission_id for row in rows})
    papers = PaperOpinion.objects.select_related("entered_by", "verified_by").in_bulk(
        {row.detail.get("paper") for row in rows} - {None}
    )
    return [
        {"signoff": row, "case": cases[row.submission_id], "paper": papers.get(row.detail.get("paper"))}
        for row in rows
        if row.submission_id in cases
    ]


def to_verify(user, held=None):
    """Papers whose step is due and which somebody else of the desk entered; the rules judge each again."""
    held = authorities_of(user) if held is None else held
    if not any(authority.post in DESK for authority in held):
        return PaperOpinion.objects.none()
    mine = visible_cases(user, held).filter(ended_at__isnull=True).exclude(author_id=user.pk)
    waiting = PaperOpinion.objects.waiting().filter(submission_id__in=mine.values("pk"))
    return waiting.exclude(entered_by=user).exclude(person=user).select_related("person", "entered_by")
