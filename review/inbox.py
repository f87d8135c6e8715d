"""What waits for me, what I did, what I submitted: the same few queries at ten and at ten thousand items."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from organisation.authority import authorities_of
from organisation.models.units import unit_names
from publication.models import SignOff
from review.models import Case
from review.staffing import holders_of


def waiting_for(user, authorities=None):
    """Cases whose current step this person may sign now. The rules judge each again on opening."""
    held = authorities if authorities is not None else authorities_of(user)
    by_unit = defaultdict(set)
    for authority in held:
        by_unit[authority.unit_id].add(authority.post)
    if not by_unit:
        return Case.objects.none()
    mine = Q()
    for unit_id, posts in by_unit.items():
        mine |= Q(step_unit_id=unit_id, posts__overlap=sorted(posts))
    return Case.objects.waiting().filter(mine, ~_signed_or_wrote(user) | Q(opinion="seal"))


def _signed_or_wrote(user):
    """Whoever wrote or signed an item does not sign it again; the seal is nobody's opinion."""
    earlier = SignOff.objects.filter(
        submission_id=OuterRef("submission_id"), person_id=user.pk, decision="agree"
    )
    return Q(author_id=user.pk) | Exists(earlier.exclude(opinion="seal"))


def done_by(user):
    """Cases this person signed, whatever was decided, newest act first."""
    mine = SignOff.objects.filter(person_id=user.pk).values("submission_id")
    return Case.objects.filter(submission_id__in=mine.annotate(last=Max("id")).values("submission_id"))


def submitted_by(user):
    return Case.objects.kept_by(user)


def submissions_waiting_for(user):
    return waiting_for(user).values("submission_id")


def count_waiting(user):
    return waiting_for(user).count()


def count_for(request):
    """The count of the menu and of the tab, asked once a request."""
    if not hasattr(request, "_review_waiting"):
        request._review_waiting = count_waiting(request.user)
    return request._review_waiting


@dataclass
class Row:
    """One line of the inbox with its names resolved."""

    case: Case
    unit: str
    step_unit: str
    waiting_for: str
    author: str = ""

    @cached_property
    def age(self):
        return timezone.now() - self.case.step_since

    @property
    def overdue(self):
        return bool(self.case.deadline and self.case.is_open and self.case.deadline < timezone.now())


@dataclass
class Names:
    """Units and holders of one page of cases, in two queries."""

    cases: list
    units: dict | None = None
    people: bool = True
    holders: dict = field(default_factory=dict)

    def __post_init__(self):
        if self.units is None:
            ids = {i for case in self.cases for i in (case.unit_id, case.step_unit_id) if i}
            self.units = unit_names(ids)
        if not self.people:
            return
        pairs = {(case.step_unit_id, post) for case in self.cases if case.step_unit_id for post in case.posts}
        self.holders = holders_of(pairs)

    def waiting_for(self, case, limit=3):
        people = [s for post in case.posts for s in self.holders[case.step_unit_id, post]]
        names = list(
            dict.fromkeys(str(s) for s in people if case.opinion == "seal" or s.person_id != case.author_id)
        )
        more = "…" if len(names) > limit else ""
        return "、".join(names[:limit]) + more

    def waiting_at(self, case):
        """Office and people; an office that the names carry already is not said twice."""
        if not case.is_open or not case.step_unit_id:
            return ""
        office, people = self.units.get(case.step_unit_id, ""), self.waiting_for(case)
        return people if people.startswith(office) and people else f"{office} {people}".strip()

    def row(self, case):
        return Row(
            case,
            self.units.get(case.unit_id, ""),
            self.units.get(case.step_unit_id, ""),
            self.waiting_for(case) if self.people and case.is_open else "",
        )


def rows_for(cases, units=None, people=True):
    """`units` may bring names that are known already; without `people` nobody is named."""
    cases = list(cases)
    names = Names(cases, units, people)
    return [names.row(case) for case in cases]
