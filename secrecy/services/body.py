"""Note 4: 不明确事项应由机关（单位）保密工作机构组织保密审查."""

from django.db import transaction
from django.utils.translation import gettext as _

from regulation.refusals import Refusal
from secrecy.models import Referral, SecrecyConclusion
from secrecy.services.lawful import lawful
from secrecy.services.rows import row_of

Verdict = SecrecyConclusion.Verdict


def refer(submission_id, person, question):
    """提请保密工作机构审查: from now on nobody can agree before the written conclusion."""
    row = row_of(submission_id, lock=True)
    with lawful():
        return Referral.objects.create(row=row, question=question[:2000], by=person)


def open_referral(submission_id):
    row = row_of(submission_id)
    return row.referrals.filter(conclusion__isnull=True).order_by("-pk").first()


@transaction.atomic
def conclude(submission_id, person, *, authority, verdict, text):
    """The secrecy body's written conclusion. 涉密 leads to quarantine, which the caller carries out."""
    if verdict not in Verdict.values or not text.strip():
        raise Refusal(
            _("A conclusion is one of the three, with its grounds."), article="13", code="incomplete"
        )
    referral = open_referral(submission_id)
    if referral is None:
        raise Refusal(_("This item was not referred to the secrecy body."), article="13", code="not_referred")
    if referral.row.author_id == person.pk:
        raise Refusal(_("Whoever wrote the item does not conclude on it."), article="13", code="author_signs")
    with lawful():
        return SecrecyConclusion.objects.create(
            referral=referral, verdict=verdict, text=text, by=person, delegation_id=authority.delegation_id
        )
