"""A notice as a person reads it. What may be said is judged when it is said (Articles 13, 14(6)).

On screen and by mail nothing is said of the content of restricted or sealed items. Mail leaves the house: it names
a title only once the secrecy review has agreed to it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from notices.models import OF_A_STEP, URGENT, Kind, Notice
from organisation.models.units import unit_names
from publication.models import FrozenStep, SignOff
from review.models import Case
from review.visibility import visible_cases

OTHERS = (Kind.OVERDUE_EGOV, Kind.OVERDUE_GOV)


@dataclass(frozen=True)
class Told:
    """One notice with what this person may know of its case now; no case, nothing to know."""

    notice: Notice
    case: Case | None
    unit: str = ""
    cleared: bool = False  # the secrecy review has agreed

    @property
    def is_silent(self):
        return self.case is None or self.case.restricted or self.case.quarantined

    @property
    def title(self):
        if self.is_silent:
            return _("An item with limited access")
        return self.case.title

    @property
    def title_by_mail(self):
        if not self.is_silent and not self.cleared:
            return _("An item whose secrecy review is not finished")
        return self.title

    @property
    def label(self):
        return _("Overdue") if self.notice.kind in OTHERS else self.notice.get_kind_display()

    @property
    def unit_shown(self):
        return "" if self.is_silent else self.unit

    @property
    def step(self):
        """The step it waits at, for notices about a step that still waits."""
        return self.case.status_label if self.is_current else ""

    @property
    def deadline(self):
        return self.case.deadline if self.is_current else None

    @property
    def is_current(self):
        about_step = self.notice.kind in OF_A_STEP
        return bool(about_step and self.case and self.case.step_since == self.notice.since)

    @property
    def is_urgent(self):
        return self.notice.read_at is None and self.notice.kind in URGENT


def told(notices, person, *, by_mail=False):
    """Notices of one person with their cases, in a fixed number of queries however many there are."""
    notices = list(notices)
    ids = {notice.submission_id for notice in notices}
    cases = {case.pk: case for case in visible_cases(person).filter(pk__in=ids)} if ids else {}
    units = unit_names({case.unit_id for case in cases.values()}) if cases else {}
    cleared = cleared_ids(cases) if by_mail else set()
    return [
        Told(
            notice,
            case := cases.get(notice.submission_id),
            str(units.get(case.unit_id, "")) if case else "",
            notice.submission_id in cleared,
        )
        for notice in notices
    ]


def cleared_ids(ids):
    """Those whose secrecy review is signed, or whose route has none (structure, Article 18)."""
    if not ids:
        return set()
    signed = SignOff.objects.filter(submission_id__in=ids, opinion="secrecy", decision="agree")
    due = FrozenStep.objects.filter(submission_id__in=ids, opinion="secrecy")
    found = set(signed.values_list("submission_id", flat=True))
    return found | (set(ids) - set(due.values_list("submission_id", flat=True)))
