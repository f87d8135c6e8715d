"""What stands on a person's desk after log-in: by post, each with what he needs and nothing else (Articles 5, 10, 14).

Wagtail's stock panels load every pending item with its tasks (2,641 queries for 100 items, measured); this costs a
fixed number of queries. Each section asks once for its rows; the names of units and holders are fetched once for all.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from desk import duties
from organisation.authority import authorities_of
from organisation.models import Unit, UnitKind, User
from organisation.models.units import unit_names
from publication.models import SubmissionEnd
from review import inbox, reasons
from review.models import Case
from review.visibility import decidable_take_downs, hidden_page_ids, visible_cases
from units.models import UnitHomePage

SHOWN = 8
OFFICES = (UnitKind.EGOV_OFFICE, UnitKind.GOV_OFFICE)
CAME_BACK = ("returned", "refused")
FINISHED = ("on_request", "other_form", "quarantined")


@dataclass
class Line:
    """One row of a section, ready for the template."""

    title: str
    url: str = ""
    pill: str = ""
    tone: str = "quiet"
    facts: list = field(default_factory=list)
    remark: str = ""
    since: object = None
    deadline: object = None

    @property
    def late(self):
        return bool(self.deadline and self.deadline < timezone.now()) or self.tone == duties.LATE


@dataclass
class Section:
    key: str
    title: str
    lines: list
    more: str = ""  # where the rest stands, if there is more than fits
    total: int | None = None
    empty: str = ""
    urgent: bool = False


class Desk:
    """One person's desk. Whatever several sections need is read once."""

    def __init__(self, request):
        self.request = request
        self.user = request.user
        self.held = authorities_of(request.user)
        self.posts = {authority.post for authority in self.held}
        self.unit_ids = {authority.unit_id for authority in self.held}

    @cached_property
    def kinds(self):
        return set(Unit.objects.filter(pk__in=self.unit_ids).values_list("kind", flat=True))

    @property
    def supervises(self):
        """Both offices look after all units, the gov office by right, the e-gov office by trade (Article 5)."""
        return bool(self.kinds & set(OFFICES)) and self.posts != {"author"}

    @property
    def writes(self):
        return "author" in self.posts

    @property
    def signs(self):
        return bool(self.posts - {"author", "archivist", "registrar", "archives_officer", "security_officer"})

    @property
    def leads(self):
        """Whoever answers for a unit's work: its leaders, its reviewer and its 专管人员."""
        answering = {"reviewer", "branch_leader", "supervising_leader", "principal_leader", "dedicated"}
        return bool(self.posts & answering)

    # --- what is read ---------------------------------------------------------------------------------------

    @cached_property
    def waiting(self):
        return _first(inbox.waiting_for(self.user, self.held).order_by("deadline", "step_since"))

    @cached_property
    def came_back(self):
        """Returned or refused, and nothing was submitted of it since."""
        newer = Case.objects.filter(page_id=OuterRef("page_id"), created_at__gt=OuterRef("created_at"))
        page = Page.objects.filter(pk=OuterRef("page_id"))
        mine = Case.objects.filter(~Exists(newer), Exists(page), author=self.user, status__in=CAME_BACK)
        return _first(mine.filter(quarantined=False).order_by("-ended_at"))

    @cached_property
    def drafts(self):
        """My pages with unpublished words of which nothing is under review, came back, or is settled."""
        newer = Case.objects.filter(page_id=OuterRef("page_id"), created_at__gt=OuterRef("created_at"))
        last = Case.objects.filter(~Exists(newer), page_id=OuterRef("pk"))
        settled = last.filter(Q(ended_at__isnull=True) | Q(status__in=CAME_BACK + FINISHED))
        pages = Page.objects.filter(~Exists(settled), owner=self.user, depth__gt=2)
        pages = pages.filter(Q(live=False) | Q(has_unpublished_changes=True))
        pages = pages.exclude(pk__in=hidden_page_ids(self.user, self.held))
        return _first(pages.order_by("-latest_revision_created_at"))

    @cached_property
    def submitted(self):
        return _first(inbox.submitted_by(self.user).open().order_by("deadline", "step_since"))

    @cached_property
    def underway(self):
        """Steps of others: of the own units, or overdue ones of the whole district."""
        seen = visible_cases(self.user, self.held).waiting()
        if self.supervises:
            seen = seen.filter(deadline__lt=timezone.now())
        else:
            seen = seen.filter(unit__in=self.unit_ids).exclude(author=self.user)
        return _first(seen.order_by("deadline", "step_since"))

    @cached_property
    def duties(self):
        found = duties.duties(None if self.supervises else self.unit_ids)
        return [duty for duty in found if duty.tone != duties.CALM] if self.supervises else found

    @cached_property
    def names(self):
        cases = [case for name, cases in self.case_lists.items() if name != "came_back" for case in cases]
        units = {c.unit_id for c in cases} | {c.step_unit_id for c in cases if c.step_unit_id}
        units |= {duty.unit_id for duty in self.duties[:SHOWN]} if self.has_columns else set()
        return inbox.Names(cases, unit_names(units))

    @cached_property
    def case_lists(self):
        wanted = {"waiting": self.signs, "submitted": self.writes, "underway": self.leads or self.supervises}
        return {name: getattr(self, name) if due else [] for name, due in wanted.items()}

    @property
    def has_columns(self):
        return self.writes or self.leads or self.supervises

    @cached_property
    def undecided(self):
        return decidable_take_downs(self.user, self.held).count() if self.signs else 0

    @cached_property
    def write_url(self):
        """Where a new item is begun: below the subsite of the first unit for which the person writes."""
        units = [a.unit_id for a in self.held if a.post == "author"]
        page = UnitHomePage.objects.filter(unit__in=units).order_by("pk").values_list("pk", flat=True).first()
        return reverse("wagtailadmin_pages:add_subpage", args=[page]) if page else ""

    # --- what is shown --------------------------------------------------------------------------------------

    def sections(self):
        return [section for build, due in SECTIONS if due(self) for section in [build(self)] if section]


def _first(rows):
    """One more than is shown: whether there is more, nobody counts."""
    return list(rows[: SHOWN + 1])


def case_line(desk, case, *, whom=False):
    unit = desk.names.units.get(case.unit_id, "")
    facts = [str(unit), case.route_label] if not whom else [desk.names.waiting_at(case) or str(unit)]
    return Line(
        title=case.safe_title,
        url=reverse("review:review", args=[case.pk]),
        pill=case.status_label,
        tone=case.status_tone,
        facts=[fact for fact in facts if fact],
        since=case.step_since,
        deadline=case.deadline,
    )


def _section(key, title, rows, lines, url="", **options):
    more = reverse(url) if url and len(rows) > SHOWN else ""
    return Section(key, title, list(lines)[:SHOWN], more, **options)


def waiting_section(desk):
    lines = [case_line(desk, case) for case in desk.waiting]
    return _section(
        "waiting",
        "待我办理",
        desk.waiting,
        lines,
        "review:inbox",
        total=inbox.count_for(desk.request),
        empty=_("Nothing waits for you."),
        urgent=True,
    )


def came_back_section(desk):
    rows = desk.came_back
    if not rows:
        return None
    ends = SubmissionEnd.objects.filter(submission_id__in=[case.pk for case in rows]).in_bulk(
        field_name="submission_id"
    )
    people = dict(User.objects.filter(pk__in={end.by for end in ends.values()}).values_list("pk", "name"))
    lines = [_came_back_line(case, ends.get(case.pk), people) for case in rows]
    return _section("came_back", "已退回", rows, lines, "review:mine", urgent=True)


def _came_back_line(case, end, people):
    line = Line(
        title=case.safe_title,
        url=reverse("wagtailadmin_pages:edit", args=[case.page_id]),
        pill=case.status_label,
        tone=case.status_tone,
        since=case.ended_at,
    )
    if end is not None:
        reason = str(reasons.label("return", end.reason_code))
        line.facts = [fact for fact in (people.get(end.by, ""), reason) if fact]
        line.remark = end.remark
    return line


def drafts_section(desk):
    lines = [
        Line(
            title=page.draft_title or page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            since=page.latest_revision_created_at,
            pill=_("correction") if page.live else "",
        )
        for page in desk.drafts
    ]
    return _section("drafts", "草稿", desk.drafts, lines, empty=_("No drafts."))


def submitted_section(desk):
    if not desk.submitted:
        return None
    lines = [case_line(desk, case, whom=True) for case in desk.submitted]
    return _section("submitted", "我提交的", desk.submitted, lines, "review:mine")


def underway_section(desk):
    title = _("Overdue steps of all units") if desk.supervises else _("My unit's items under review")
    lines = [case_line(desk, case, whom=True) for case in desk.underway]
    return _section("underway", title, desk.underway, lines, empty=_("None."))


def columns_section(desk):
    title = (
        _("Columns to be updated soon, all units") if desk.supervises else _("My unit's subsite and columns")
    )
    lines = [_duty_line(desk, duty) for duty in desk.duties[:SHOWN]]
    if not lines and not desk.supervises:
        return None
    section = _section("columns", title, desk.duties, lines, empty=_("Every column is up to date."))
    section.total = len(desk.duties)
    return section


def _duty_line(desk, duty):
    left = abs(duty.left)
    days = ngettext("%(n)d day", "%(n)d days", left) % {"n": left}
    last = _("last on %(day)s") % {"day": duty.last} if duty.last else _("still empty")
    unit = str(desk.names.units.get(duty.unit_id, "")) if desk.supervises else ""
    late = _("%(days)s late") if duty.left < 0 else _("%(days)s left")
    facts = [fact for fact in (unit, last, _("due on %(day)s") % {"day": duty.due}) if fact]
    return Line(title=duty.title, pill=late % {"days": days}, tone=duty.tone, facts=facts)


#: Which sections a desk has and in which order; what a post does not need is not there and costs no query.
SECTIONS = (
    (waiting_section, lambda desk: desk.signs),
    (came_back_section, lambda desk: desk.writes),
    (submitted_section, lambda desk: desk.writes),
    (drafts_section, lambda desk: desk.writes),
    (underway_section, lambda desk: desk.leads or desk.supervises),
    (columns_section, lambda desk: desk.has_columns),
)
