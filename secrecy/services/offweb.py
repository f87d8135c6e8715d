"""Note 2: 机关（单位）发布信息均应进行登记, web or not. What never becomes an item of the portal has its row as well.

A paper bulletin, an answer to an application, a radio notice: filled in by the unit, judged by the same two people,
sealed on the same sheets, and written into the register when the leader has decided.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger import register, wording
from organisation.authority import authorities_of, find_authority
from organisation.models import Delegation
from organisation.models.units import unit_names
from regulation.refusals import Refusal
from secrecy.models import Referral, SecrecyConclusion, SecrecyRow
from secrecy.models.rows import Form, Opinion, Source
from secrecy.services.lawful import lawful, require_post
from secrecy.services.rows import give_decision, give_review, make_void, one_line

FILLS = ("author", "dedicated")
REVIEWS, DECIDES = "secrecy_reviewer", "supervising_leader"
KINDS = {Form.ON_REQUEST: "on_request", Form.OTHER: "other_form"}
FORMS = [(Form.ON_REQUEST.value, Form.ON_REQUEST.label), (Form.OTHER.value, Form.OTHER.label)]


def units_to_fill_for(user, held=None):
    held = authorities_of(user) if held is None else held
    return {a.unit_id for a in held if a.post in FILLS}


def rows_to_sign(user, held=None):
    """Rows of this kind that wait for the person's opinion."""
    held = authorities_of(user) if held is None else held
    reviews = {a.unit_id for a in held if a.post == REVIEWS}
    decides = {a.unit_id for a in held if a.post == DECIDES}
    waiting = Q(reviewer_opinion="", unit_id__in=reviews) | Q(
        reviewer_opinion=Opinion.AGREE, leader_opinion="", unit_id__in=decides
    )
    rows = SecrecyRow.objects.valid().filter(waiting, submission_id__isnull=True)
    open_question = Q(referrals__isnull=False, referrals__conclusion__isnull=True)
    return rows.exclude(open_question).exclude(author=user).exclude(reviewer=user)


@transaction.atomic
def fill(unit, person, *, department, name, source, form, reprint_source="", other_form=""):
    """The 承办人's part; his own signature, like handing in."""
    if find_authority(person, unit.pk, list(FILLS)) is None:
        raise Refusal(
            _("What goes another way than the web is entered by the unit's author or dedicated person."),
            article="13",
            code="not_holder",
        )
    row = SecrecyRow(
        unit=unit,
        author=person,
        day=timezone.localdate(),
        department=one_line(department),
        name=one_line(name)[:500],
        source=source,
        reprint_source=one_line(reprint_source) if source == Source.REPRINT else "",
        form=form,
        other_form=one_line(other_form) if form == Form.OTHER else "",
    )
    with lawful():
        row.save()
    row.refresh_from_db()
    return row


@transaction.atomic
def review(row, person, *, agree, remark=""):
    register.lock()
    row = _locked(row)
    authority = require_post(
        person, row.unit_id, REVIEWS, _("Only the unit's secrecy reviewer decides here.")
    )
    _other_person(row, person)
    row = give_review(row, person, _opinion(agree), authority=authority, remark=remark)
    if not agree:
        register.append("refused", facts=_facts(row))
    return row


@transaction.atomic
def decide(row, person, *, agree, remark=""):
    """The leader's word; from here it stands in the register."""
    register.lock()
    row = _locked(row)
    authority = require_post(person, row.unit_id, DECIDES, _("Only the unit's 主管领导 decides here."))
    _other_person(row, person)
    row = give_decision(row, person, _opinion(agree), authority=authority, remark=remark)
    register.append(KINDS[row.form] if agree else "refused", facts=_facts(row))
    return row


@transaction.atomic
def refer(row, person, question):
    """Note 4: unclear never becomes yes."""
    row = _locked(row)
    require_post(person, row.unit_id, REVIEWS, _("Only the unit's secrecy reviewer decides here."))
    if not question.strip() or row.reviewer_opinion or row.is_voided:
        raise Refusal(_("Say what is unclear."), article="13", code="incomplete")
    with lawful():
        return Referral.objects.create(row=row, question=question.strip()[:2000], by=person)


@transaction.atomic
def conclude(referral, person, *, verdict, text):
    """The secrecy body's written conclusion; 涉密 makes the row void, and nothing of it is published in any form."""
    authority = require_post(
        person, referral.row.unit_id, "secrecy_body", _("Only the secrecy body of the unit concludes.")
    )
    with lawful():
        conclusion = SecrecyConclusion.objects.create(
            referral=referral, verdict=verdict, text=text, by=person, delegation_id=authority.delegation_id
        )
    if verdict == SecrecyConclusion.Verdict.SECRET:
        make_void(_locked(referral.row), _("Concluded to be secret."))
    return conclusion


@transaction.atomic
def withdraw(row, person, reason):
    """By whoever filled it in, before the leader decided."""
    row = _locked(row)
    if row.author_id != person.pk or row.leader_opinion:
        raise Refusal(
            _("Whoever filled in the row withdraws it, before it is decided."), article="13", code="not_mine"
        )
    return make_void(row, reason.strip() or _("Withdrawn by the author."))


def _locked(row):
    found = SecrecyRow.objects.select_for_update().filter(pk=row.pk, submission_id__isnull=True).first()
    if found is None:
        raise Refusal(
            _("This row belongs to an item of the portal."), article="13", code="secrecy_incomplete"
        )
    return found


def _other_person(row, person):
    if person.pk in (row.author_id, row.reviewer_id):
        raise Refusal(
            _("Whoever wrote, whoever reviewed and whoever approved are three people."),
            article="13",
            code="three_people",
        )


def _opinion(agree):
    return Opinion.AGREE if agree else Opinion.DISAGREE


def _facts(row):
    """In the manner of `publication.evidence`: copied, so that it stays readable."""
    unit = row.unit
    return {
        "title": row.name,
        "item_kind": "offweb",
        "unit": unit_names([unit.pk]).get(unit.pk, ""),
        "unit_code": unit.code,
        "unit_id": unit.pk,
        "department": row.department,
        "source": {"kind": row.source, "name": row.reprint_source},
        "form": row.other_form or Form(row.form).label,
        "author": {"id": row.author_id, "name": row.author.name},
        "submitted_at": timezone.localtime(row.created_at).isoformat(),
        "signatories": list(_signatories(row)),
        "secrecy_row": row.pk,
        "secrecy_row_digest": row.digest,
        "digest": row.digest,
    }


SIGNED = (
    ("secrecy", "reviewer", "reviewed_at", "保密审查员"),
    ("leader_opinion", "leader", "decided_at", "主管领导"),
)


def _signatories(row):
    unit = unit_names([row.unit_id]).get(row.unit_id, "")
    for position, (opinion, who, at, post) in enumerate(SIGNED, start=1):
        said = getattr(row, f"{who}_opinion")
        if not said:
            continue
        delegation = getattr(row, f"{who}_delegation_id")
        yield {
            "position": position,
            "attempt": 1,
            "opinion": opinion,
            "label": wording.OPINIONS.get(opinion, opinion),
            "person_id": getattr(row, f"{who}_id"),
            "person": getattr(row, who).name,
            "unit": unit,
            "post": post,
            "decision": "agree" if said == Opinion.AGREE else "refuse",
            "remark": getattr(row, f"{who}_remark"),
            "medium": "online",
            "delegation": delegation,
            "on_behalf_of": _grantor(delegation),
            "at": timezone.localtime(getattr(row, at)).isoformat(),
        }


def _grantor(delegation):
    names = Delegation.objects.filter(pk=delegation).values_list("grantor__name", flat=True)
    return (names.first() or "") if delegation else ""
