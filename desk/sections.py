"""The sections of a desk as the template draws them: lines with title, state, facts and terms."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import duties
from desk.landing import SHOWN
from notices import wording
from organisation.models import User
from publication.models import SubmissionEnd
from review import inbox, reasons


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


def notices_section(desk):
    if not desk.notices:
        return None
    lines = [_notice_line(told) for told in wording.told(desk.notices[:SHOWN], desk.user)]
    return _section("notices", _("Unread notices"), desk.notices, lines, "notices:index")


def _notice_line(told):
    return Line(
        title=told.title,
        url=reverse("notices:open", args=[told.notice.pk]),
        pill=told.label,
        tone="bad" if told.is_urgent else "waiting",
        facts=[fact for fact in (told.unit_shown, told.step) if fact],
        since=told.notice.created_at,
        deadline=told.deadline,
    )


def requests_section(desk):
    if not desk.requests:
        return None
    lines = [_request_line(request) for request in desk.requests[:SHOWN]]
    return _section("requests", "依申请公开", desk.requests, lines, "letters:index")


def letters_section(desk):
    if not desk.letters:
        return None
    lines = [_letter_line(letter) for letter in desk.letters[:SHOWN]]
    return _section("letters", "来信办理", desk.letters, lines, "mailbox:index")


def _letter_line(letter):
    return _written_line(letter, letter.title, reverse("mailbox:letter", args=[letter.number]))


def _request_line(request):
    return _written_line(request, request.number, reverse("letters:request", args=[request.number]))


def _written_line(request, title, url):
    """What a reader wrote, with the day on which he is to be answered."""
    left = request.term.left()
    due = _("to be answered by %(day)s") % {"day": request.term.due} if request.term.due else ""
    return Line(
        title=title,
        url=url,
        pill=request.term.state,
        tone=duties.LATE if left is not None and left < 0 else "waiting",
        facts=[fact for fact in (due,) if fact],
        since=request.received_at,
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
    empty = _("Every column is up to date.")
    section = _section("columns", title, desk.duties, lines, "desk:plan", empty=empty)
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
    (notices_section, lambda desk: True),
    (letters_section, lambda desk: desk.handles_letters),
    (requests_section, lambda desk: desk.handles_requests),
    (came_back_section, lambda desk: desk.writes),
    (submitted_section, lambda desk: desk.writes),
    (drafts_section, lambda desk: desk.writes),
    (underway_section, lambda desk: desk.leads or desk.supervises),
    (columns_section, lambda desk: desk.has_columns),
)


def sections(desk):
    return [section for build, due in SECTIONS if due(desk) for section in [build(desk)] if section]
