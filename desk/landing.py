"""What stands on a person's desk after log-in, by post: what each needs and nothing else (Articles 5, 10, 14).

Wagtail's stock panels load every pending item with its tasks (2,641 queries for 100 items, measured); this costs a
fixed number of queries. Each section asks once for its rows; the names of units and holders are fetched once for all.
"""

from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from desk import duties
from letters import handling
from mailbox import handling as mailbox
from notices.models import Kind, Notice
from organisation.authority import authorities_of
from organisation.models import Unit, UnitKind
from organisation.models.units import unit_names
from review import inbox
from review.models import Case
from review.visibility import decidable_take_downs, hidden_page_ids, visible_cases
from units.models import UnitHomePage

SHOWN = 8
OFFICES = (UnitKind.EGOV_OFFICE, UnitKind.GOV_OFFICE)
CAME_BACK = ("returned", "refused")
SAID_ELSEWHERE = (Kind.WAITING, Kind.RETURNED)  # 待我办理, 已退回
FINISHED = ("on_request", "other_form", "quarantined")


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

    @property
    def handles_requests(self):
        return bool(self.posts & handling.HANDLERS)

    @property
    def handles_letters(self):
        return bool(self.posts & mailbox.HANDLERS)

    # --- what is read ---------------------------------------------------------------------------------------

    @cached_property
    def requests(self):
        """依申请公开 still in hand, the oldest first: each has had its term from the day it came in."""
        done = Q(last__in=handling.ENDED)
        seen = handling.seen_by(self.user).filter(Q(last__isnull=True) | ~done).order_by("received_at")
        return _first(seen.prefetch_related(None).prefetch_related("steps"))

    @cached_property
    def letters(self):
        """Letters not answered yet, the oldest first."""
        ended = Q(last__in=mailbox.ENDED)
        seen = mailbox.seen_by(self.user).filter(Q(last__isnull=True) | ~ended).order_by("received_at")
        return _first(seen.prefetch_related(None).prefetch_related("steps"))

    @cached_property
    def waiting(self):
        return _first(inbox.waiting_for(self.user, self.held).order_by("deadline", "step_since"))

    @cached_property
    def notices(self):
        """What the other sections do not say anyway."""
        return _first(Notice.objects.unread().filter(person=self.user).exclude(kind__in=SAID_ELSEWHERE))

    @cached_property
    def came_back(self):
        """Returned or refused, and nothing was submitted of it since."""
        newer = Case.objects.filter(page_id=OuterRef("page_id"), created_at__gt=OuterRef("created_at"))
        page = Page.objects.filter(pk=OuterRef("page_id"))
        mine = Case.objects.kept_by(self.user)
        mine = mine.filter(~Exists(newer), Exists(page), status__in=CAME_BACK)
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


def _first(rows):
    """One more than is shown: whether there is more, nobody counts."""
    return list(rows[: SHOWN + 1])
