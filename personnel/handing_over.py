"""Open work passes to the successor in the minute of the change, with a list of it (Article 11).

Steps that wait belong to a post, not to a person: they pass with the appointment and are only listed. Drafts, items
under review and items that came back belong to a person: they get the successor's name here. What was signed or
published keeps the names it has.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, get_page_models

from organisation.models import Appointment, Delegation
from personnel.models import ChangeFiling, HandedOver, Kind
from publication import rounds
from review.models import Case, ReviewedPage

WRITES = "author"
SECONDS = 1  # how long after its minute a change may wait for the worker
CAME_BACK = ("returned", "refused")
SETTLED = (*CAME_BACK, "on_request", "other_form", "quarantined")


@rounds.every(SECONDS)
def hand_over_due():
    """The worker's part: changes that were received beforehand and whose minute has come."""
    for filing in ChangeFiling.objects.due().order_by("effective_at", "pk"):
        hand_over(filing)


@transaction.atomic
def hand_over(filing):
    """Once; a second call finds it done."""
    filing = ChangeFiling.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    if filing.handed_over_at is not None:
        return filing
    HandedOver.objects.bulk_create(lines_of(filing))
    if filing.leaver_id is not None and leaves_work(filing):
        _pass_on(filing)
    filing.handed_over_at = Now()
    filing.save(update_fields=["handed_over_at"])
    filing.refresh_from_db()
    log(filing, "personnel.hand_over", user=filing.decided_by, data={"items": filing.items.count()})
    return filing


def lines_of(filing):
    """The list as it stands now; before the minute it is the preview that the e-gov office sees."""
    if filing.leaver_id is None:
        return
    if leaves_work(filing):
        yield from _personal_lines(filing)
    yield from (_case_line(filing, Kind.WAITING, case) for case in waiting(filing))
    yield from _delegation_lines(filing)


def leaves_work(filing):
    """Whoever keeps a post in the unit, and goes on writing there, keeps what he wrote."""
    kept = Appointment.objects.valid().filter(unit=filing.unit, person=filing.leaver)
    return WRITES in filing.leaver_posts or not kept.exclude(post__in=filing.leaver_posts).exists()


def _personal_lines(filing):
    pages, kept = pages_of(filing), open_cases(filing)
    under_review = kept.filter(ended_at__isnull=True)
    came_back = kept.filter(ended_at__isnull=False)
    yield from (_page_line(filing, page) for page in drafts(pages))
    yield from (_case_line(filing, Kind.SUBMITTED, case) for case in under_review)
    yield from (_case_line(filing, Kind.RETURNED, case) for case in came_back)
    if published := pages.filter(live=True).count():
        title = _("%(number)s items that are online") % {"number": published}
        yield HandedOver(filing=filing, kind=Kind.PUBLISHED, title=title)


def pages_of(filing):
    """The leaver's pages in that unit; what he writes for another unit stays with him."""
    models = [model for model in get_page_models() if issubclass(model, ReviewedPage)]
    mine = Q(pk__in=[])
    for model in models:
        mine |= Q(pk__in=model.objects.filter(owner=filing.leaver, unit=filing.unit).values("pk"))
    return Page.objects.filter(mine)


def drafts(pages):
    """Unpublished words of which nothing is under review, came back or is settled."""
    newer = Case.objects.filter(page_id=OuterRef("page_id"), created_at__gt=OuterRef("created_at"))
    last = Case.objects.filter(~Exists(newer), page_id=OuterRef("pk"))
    settled = last.filter(Q(ended_at__isnull=True) | Q(status__in=SETTLED))
    unpublished = Q(live=False) | Q(has_unpublished_changes=True)
    return pages.filter(unpublished, ~Exists(settled)).order_by("pk")


def open_cases(filing):
    """What he submitted that is under review, or came back and was not submitted anew."""
    newer = Case.objects.filter(page_id=OuterRef("page_id"), created_at__gt=OuterRef("created_at"))
    mine = Case.objects.kept_by(filing.leaver).filter(~Exists(newer), unit=filing.unit)
    return mine.filter(Q(ended_at__isnull=True) | Q(status__in=CAME_BACK)).order_by("created_at")


def waiting(filing):
    """Steps that wait in that unit for one of the posts given up."""
    steps = Case.objects.waiting().filter(step_unit=filing.unit, posts__overlap=filing.leaver_posts)
    return steps.order_by("step_since")


def _delegation_lines(filing):
    """They end by themselves: nobody signs for a grantor without the post, nor a delegate who leads no more."""
    running = Delegation.objects.filter(unit=filing.unit, ends_at__gt=Now())
    leads = Appointment.objects.valid().filter(unit=filing.unit, person=filing.leaver, post__leader=True)
    over = Q(grantor=filing.leaver, post__in=filing.leaver_posts)
    if not leads.exclude(post__in=filing.leaver_posts).exists():
        over |= Q(delegate=filing.leaver)
    for row in running.filter(over).select_related("grantor", "delegate", "post"):
        title = f"{row.grantor.name} → {row.delegate.name} {row.post.name}"
        yield HandedOver(filing=filing, kind=Kind.DELEGATION, title=title)


def _page_line(filing, page):
    title = (page.draft_title or page.title)[:500]
    return HandedOver(filing=filing, kind=Kind.DRAFT, title=title, page_id=page.pk)


def _case_line(filing, kind, case):
    """Route (6) and what is sealed away leave no title on a list that others read (Articles 13, 14(6))."""
    title = _("(restricted item)") if case.restricted and not case.quarantined else case.safe_title
    return HandedOver(
        filing=filing, kind=kind, title=title, page_id=case.page_id, submission_id=case.submission_id
    )


def _pass_on(filing):
    open_cases(filing).update(keeper=filing.successor)
    pages_of(filing).update(owner=filing.successor)
