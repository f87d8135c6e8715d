"""Everything the review page and the chain of an item show about one case, read once."""

from dataclasses import dataclass
from functools import cached_property

from ledger.models import RegisterEntry
from organisation.models import Delegation, Post, User
from organisation.models.units import names_over_time
from publication.documents import parse
from publication.models import Publication, SignOff, Submission
from review import routes
from review.bundles import companions_of
from review.difference import difference
from review.difference_facts import objects_in
from review.forms import exceptions_of
from review.inbox import Names
from review.standing import steps_with_state

DECISIONS = {
    "agree": "同意",
    "return": "退回修改",
    "refuse": "不同意",
    "escalate": "转突发敏感",
    "refer": "提请保密工作机构审查",
    "quarantine": "封存",
    "on_request": "依申请提供",
    "other_form": "其他",
    "reopen": "退回补表",
    "hold": "暂缓发布",
}


@dataclass(frozen=True)
class Opinion:
    """One sign-off with its names, as it is read aloud."""

    signoff: object
    label: str
    person: str
    unit: str
    post: str
    stands_in_for: str

    @property
    def decision(self):
        return DECISIONS.get(self.signoff.decision, self.signoff.decision)

    @property
    def who(self):
        """Unit, post and person; people who are named by unit or post are not said twice."""
        parts = [part for part in (self.unit, self.post) if part not in self.person]
        return " ".join([*parts, self.person])

    @property
    def is_paper(self):
        return self.signoff.medium == "paper"

    @property
    def paper(self):
        """The number of the checked record behind it (`review.PaperOpinion`)."""
        return self.signoff.detail.get("paper") if self.is_paper else None


def opinions_of(submission_ids):
    """Sign-offs of several submissions with people, units, posts and delegations: a fixed few queries."""
    rows = list(SignOff.objects.filter(submission_id__in=list(submission_ids)).order_by("id"))
    people = dict(User.objects.filter(pk__in={r.person_id for r in rows}).values_list("pk", "name"))
    unit_at = names_over_time({r.unit_id for r in rows})
    posts = dict(Post.objects.values_list("code", "name"))
    lent = Delegation.objects.filter(pk__in={r.delegation_id for r in rows if r.delegation_id})
    grantors = dict(lent.values_list("pk", "grantor__name"))
    return [
        Opinion(
            signoff=row,
            label=routes.OPINIONS.get(row.opinion, row.opinion),
            person=people.get(row.person_id, ""),
            unit=unit_at(row.unit_id, row.signed_at),
            post=posts.get(row.post, row.post),
            stands_in_for=grantors.get(row.delegation_id, ""),
        )
        for row in rows
    ]


class Dossier:
    def __init__(self, case, user):
        self.case = case
        self.user = user

    @cached_property
    def document(self):
        return parse(bytes(self.case.submission.document))

    @cached_property
    def names(self):
        return Names([self.case])

    @property
    def unit(self):
        return names_over_time([self.case.unit_id])(self.case.unit_id, self.case.created_at)

    @property
    def waiting_for(self):
        return self.names.waiting_at(self.case)

    @cached_property
    def companions(self):
        return companions_of(self.document, self.user)

    @property
    def no_interpretation(self):
        """不需要解读 with its reason, as the policy itself says it (Article 14(1) ¶3)."""
        return (self.document.get("policy") or {}).get("no_interpretation") or ""

    @cached_property
    def opinions(self):
        return opinions_of([self.case.pk])

    @cached_property
    def exceptions(self):
        return exceptions_of(self.case)

    @cached_property
    def steps(self):
        return list(steps_with_state(self.case))

    @cached_property
    def publication(self):
        """What the public reads now of this object, or nothing."""
        return Publication.objects.filter(object_id=self.case.object_id, ended_at__isnull=True).first()

    @cached_property
    def since_publication(self):
        """Differences from what is public; None where nothing was ever public or this is it."""
        before = Publication.objects.filter(object_id=self.case.object_id).exclude(submission_id=self.case.pk)
        last = before.order_by("-pk").first()
        return self._difference_from(last)

    @cached_property
    def since_signed(self):
        """Differences from the submission of this item that this person signed before; None if none."""
        mine = SignOff.objects.filter(person_id=self.user.pk).values("submission_id")
        earlier = Submission.objects.filter(object_id=self.case.object_id, pk__in=mine)
        last = (
            earlier.exclude(pk=self.case.pk)
            .filter(created_at__lt=self.case.created_at)
            .order_by("-created_at")
            .first()
        )
        return self._difference_from(last)

    def _difference_from(self, last):
        """`last` is a submission or a publication; other items are called by the titles the public knows."""
        if last is None:
            return None
        before = parse(bytes(last.document))
        named = Publication.objects.filter(object_id__in=objects_in(before, self.document)).order_by("pk")
        titles = {str(key): title for key, title in named.values_list("object_id", "title")}
        return difference(before, self.document, titles)

    @cached_property
    def files(self):
        return self.document.get("attachments") or []

    @cached_property
    def source(self):
        return self.document.get("source") or {}

    @cached_property
    def register_entries(self):
        return list(RegisterEntry.objects.filter(submission_id=self.case.pk).order_by("number"))
