"""撤销撤回: what was withdrawn by mistake is handed in again, as it was, without filling anything in a second time.

The withdrawn submission stays ended on record; this is a new one with the same bytes and the same secrecy row, judged
by today's rules. Signatures are never carried over: its steps begin with the first (Articles 13, 14).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from publication.documents import canonical
from regulation.refusals import Refusal
from review import cases
from review.acts import restarting
from review.acts.submission import problems_of
from review.models import Case


def may_undo(case, user):
    """A refusal, or nothing: the author's last withdrawal, while the draft is the one that was handed in.

    Whoever took over from the author (Article 11) has not signed as 承办人 and does so by handing in anew.
    """
    if case.status != "withdrawn" or Case.objects.filter(
        page_id=case.page_id, created_at__gt=case.created_at
    ):
        return Refusal(_("There is no withdrawal to undo."), article="14", code="not_withdrawn")
    if user.pk not in (case.author_id, case.kept_by_id) or not user.is_active:
        return Refusal(_("Only the author withdraws a submission."), article="14", code="not_author")
    if case.kept_by_id != case.author_id:
        return Refusal(
            _("Another person looks after the item now and hands it in in his own name. Submit it anew."),
            article="11",
            code="handed_over",
        )
    page = Page.objects.filter(pk=case.page_id).first()
    if page is None or page.latest_revision_id != case.submission.revision_id:
        return _changed()
    return None


@transaction.atomic
def undo_withdrawal(case, user):
    """Returns the new case, waiting for its first signature."""
    Page.objects.select_for_update().get(pk=case.page_id)
    case = cases.lock(case.pk)
    if refusal := may_undo(case, user):
        raise refusal
    _require_future(case.submission)
    page = restarting.page_of(case)
    for refusal in problems_of(page, user):
        raise refusal
    route = page.route
    same_route = (route.code, route.variant) == (case.route, case.variant)
    if not same_route or canonical(page.build_document()) != bytes(case.submission.document):
        raise _changed()
    return restarting.restart(case, page, route)


def _changed():
    """Not only the author's words: a unit's new name or a file's new title are in the bytes too."""
    return Refusal(
        _("The item is not the one that was withdrawn any more. Submit it anew."),
        article="14",
        code="changed",
    )


def _require_future(submission):
    moments = (submission.publish_at, submission.expire_at)
    if any(moment is not None and moment <= timezone.now() for moment in moments):
        raise Refusal(_("The time of publication has passed."), article="16", code="past_time")
