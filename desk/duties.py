"""How long a column may stand still, and how long until it does (Article 10; the duty table of the portal's design).

The number of days is the column's own where Article 18 gave it one, else what its type demands: the national
inspection's limits for news, policies and interaction, the usual rhythm for the rest. A warning comes when less than
a third of the time is left, and always on the last working day before the term.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.db.models import OuterRef, Subquery, Value
from django.utils import timezone

from home.models import ColumnPage
from home.models.columns import ColumnType
from publication.models import Listing
from regulation.calendar import working_days_between
from units.models import UnitHomePage

#: Days between two publications by type of column; types that are not named change when their subject does.
DAYS = {
    ColumnType.NEWS: 14,
    ColumnType.POLICY: 183,
    ColumnType.DATA: 31,
    ColumnType.LETTERS: 92,
    ColumnType.SURVEY: 92,
    ColumnType.INTERVIEW: 92,
    ColumnType.PROFILE: 366,
    ColumnType.ANNUAL: 366,
}
#: 政府信息公开年报: the report on a year stands on the portal by 31 January of the next one (政府信息公开条例 Article 50).
REPORT_BY = (1, 31)
SUBSITE_DAYS = 14  # a unit's subsite stands still no longer than the portal's own front page may
TIMES = ("last", "first_published_at")
WARNS_AT = 3  # a third of the time is left
CALM, SOON, LATE = "good", "warn", "bad"


@dataclass(frozen=True)
class Duty:
    """One column and the day by which it wants its next item."""

    title: str
    unit_id: int
    days: int
    last: date | None
    due: date
    today: date

    @property
    def left(self):
        return (self.due - self.today).days

    @property
    def tone(self):
        if self.left <= 0:
            return LATE
        near = self.left <= ceil(self.days / WARNS_AT)
        return SOON if near or working_days_between(self.today, self.due) <= 1 else CALM


def limit(days, column_type):
    """The column's own number of days before that of its type; None where there is no duty."""
    found = DAYS.get(column_type) if days is None else days
    return found or None


def duties(units=None, today=None):
    """What these units answer for, their subsites included; of all units' columns if None. The most urgent first."""
    today = today or timezone.localdate()
    columns = ColumnPage.objects.filter(live=True, numchild=0, responsible_unit__isnull=False)
    rows = []
    if units is not None:
        columns = columns.filter(responsible_unit__in=units)
        faces = UnitHomePage.objects.filter(live=True, unit__in=units)
        rows += _newest(faces).values_list("title", "unit_id", Value(SUBSITE_DAYS), Value(""), *TIMES)
    rows += _newest(columns).values_list("title", "responsible_unit_id", "update_days", "column_type", *TIMES)
    found = [duty_of(row, today) for row in rows if limit(row[2], row[3])]
    return sorted(found, key=lambda duty: (duty.due, duty.title))


def _newest(pages):
    listed = Listing.objects.filter(column_object_id=OuterRef("object_id")).order_by("-published_at")
    return pages.annotate(last=Subquery(listed.values("published_at")[:1]))


def duty_of(row, today):
    """A column that never had an item counts from the day it went online."""
    title, unit_id, own, column_type, last, began = row
    days = limit(own, column_type)
    seen = timezone.localdate(last) if last else None
    since = seen or (timezone.localdate(began) if began else today)
    due = since + timedelta(days=days)
    if column_type == ColumnType.ANNUAL and own is None:
        due = date(since.year + 1, *REPORT_BY)
    return Duty(title, unit_id, days, seen, due, today)
