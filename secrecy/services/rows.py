"""The row of the statutory table, from the author's pen to the leader's (Article 13)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regulation.refusals import Refusal
from review.models import Case
from secrecy.models import SecrecyConclusion, SecrecyRow
from secrecy.models.rows import Form, Opinion, Source
from secrecy.services.lawful import lawful

MAX_NAME = 500
Verdict = SecrecyConclusion.Verdict


def one_line(text):
    """A cell of the table is one paragraph: no line breaks, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text or "")).split())


def row_of(submission_id, *, lock=False):
    """The row of a submission, or a refusal: without its row an item goes no further."""
    rows = SecrecyRow.objects.select_for_update() if lock else SecrecyRow.objects.with_people()
    row = rows.filter(submission_id=submission_id).first()
    if row is None:
        raise Refusal(_("There is no row of the secrecy form for this item."), article="13", code="no_row")
    return row


def open_row(submission, author, *, department, source, form, reprint_source="", other_form=""):
    """The author's part. Submitting signs it as 承办人; a retry cites the row that came to nothing."""
    row = SecrecyRow(
        submission_id=submission.pk,
        content_digest=submission.digest,
        unit_id=submission.unit_id,
        author=author,
        day=timezone.localdate(),
        department=one_line(department),
        name=one_line(submission.title)[:MAX_NAME],
        source=source,
        reprint_source=one_line(reprint_source) if source == Source.REPRINT else "",
        form=form,
        other_form=one_line(other_form) if form == Form.OTHER else "",
        cites=_row_to_cite(submission),
    )
    return _saved(row)


def _row_to_cite(submission):
    """The last row of the same object, where it was refused, voided or led to another form than the web."""
    earlier = Case.objects.filter(object_id=submission.object_id).exclude(pk=submission.pk)
    row = SecrecyRow.objects.filter(submission_id__in=earlier.values("pk")).order_by("-pk").first()
    if row is None or row.unit_id != submission.unit_id:
        return None
    return row if row.is_voided or row.is_refused or not row.is_web else None


@transaction.atomic
def carry_row(old_submission_id, submission):
    """Another route for the same text: the old row is void, the new one says the same and waits for new opinions."""
    old = void_row(old_submission_id, _("The item goes another route."))
    return open_row(
        submission,
        old.author,
        department=old.department,
        source=old.source,
        form=old.form if not old.proposed_form else Form.WEB,
        reprint_source=old.reprint_source,
        other_form=old.other_form if not old.proposed_form else "",
    )


def review_row(
    submission_id, person, opinion, *, authority, remark="", proposed_form="", proposed_other_form=""
):
    """工作机构或者人员审查意见. Another form than asked for may be proposed; the leader decides it."""
    return give_review(
        row_of(submission_id, lock=True),
        person,
        opinion,
        authority=authority,
        remark=remark,
        proposed_form=proposed_form,
        proposed_other_form=proposed_other_form,
    )


def give_review(row, person, opinion, *, authority, remark="", proposed_form="", proposed_other_form=""):
    """The same on a locked row, of an item of the portal or of what goes another way."""
    agree = opinion == Opinion.AGREE
    proposes = agree and proposed_form and proposed_form != row.form
    row.proposed_form = proposed_form if proposes else ""
    row.proposed_other_form = one_line(proposed_other_form) if row.proposed_form == Form.OTHER else ""
    if agree:
        require_clear(row)
    row.reviewer_opinion = opinion
    row.reviewer = person
    row.reviewer_delegation_id = authority.delegation_id
    row.reviewer_remark = remark[:1000]
    return _saved(row)


def require_clear(row, wanted_form=None):
    """Note 4: unclear never becomes yes; a conclusion binds."""
    for referral in row.referrals.select_related("conclusion"):
        if referral.is_open:
            raise Refusal(
                _("The secrecy body's written conclusion is awaited."), article="13", code="referral_open"
            )
        verdict = referral.conclusion.verdict
        wanted = wanted_form or row.wanted_form
        if verdict == Verdict.SECRET or (verdict == Verdict.WITHHELD and wanted == Form.WEB):
            raise Refusal(
                _("The secrecy body concluded: %(verdict)s.")
                % {"verdict": referral.conclusion.get_verdict_display()},
                article="13",
                code="concluded_otherwise",
            )


def decide_row(submission_id, person, opinion, *, authority, remark=""):
    """主管领导意见. Agreeing accepts the form of publication that the reviewer proposed."""
    return give_decision(
        row_of(submission_id, lock=True), person, opinion, authority=authority, remark=remark
    )


def give_decision(row, person, opinion, *, authority, remark=""):
    if row.reviewer_opinion != Opinion.AGREE:
        raise Refusal(
            _("The leader decides after the secrecy reviewer agreed."), article="13", code="reviewer_first"
        )
    row.leader_opinion = opinion
    row.leader = person
    row.leader_delegation_id = authority.delegation_id
    row.leader_remark = remark[:1000]
    return _saved(row)


def void_row(submission_id, reason):
    """That row only; rows beside it on the same sheet stand."""
    return make_void(row_of(submission_id, lock=True), reason)


def make_void(row, reason):
    if row.is_voided:
        return row
    row.voided_at = timezone.now()
    row.void_reason = one_line(reason)[:300]
    return _saved(row)


def _saved(row):
    """Times and digests are the database's."""
    with lawful():
        row.save()
    row.refresh_from_db()
    return row
