"""提交审核: the draft becomes a submission, its route is frozen, its secrecy row opened, its first step waits.

Submitting is the 承办人's signature (Articles 6, 9, 13, 14). Nothing is written unless all of it can be.
"""

from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from organisation.authority import authorities_of
from publication import submissions
from regulation.questions import HARMS, judge_harms
from regulation.refusals import Refusal
from review import cases, checking, outcomes, staffing, stepping
from review.acts.cleaning import require_valid
from review.acts.withdrawal import ACTIVE
from review.models import Case

MAX_TITLE = 200


@dataclass
class Preview:
    """What the submission page tells before anything is signed."""

    page: object
    route: object
    reason: str
    steps: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    problems: list = field(default_factory=list)


def preview(page, author):
    from review.routes import REASONS

    problems = problems_of(page, author)
    if not page.unit_id:
        return Preview(page, None, "", problems=problems)
    route = page.route
    steps = staffing.staff(route, page.unit_id)
    reason = REASONS[route.code]
    return Preview(page, route, reason, steps, staffing.warnings(steps, author.pk), problems)


def problems_of(page, author):
    """Every reason against submitting, as sentences with their article."""
    checks = (_may_write, _not_under_review, _responsible_unit, _complete, _provenance, _duties, _checked)
    found = [refusal for check in checks for refusal in check(page, author)]
    return found


def needs_row(route):
    """Article 18 matters have no secrecy row; everything else has one (Article 13)."""
    return any(step.opinion == "secrecy" for step in route.steps)


@transaction.atomic
def submit(page, author, *, row=None, harms=None, publish_at=None, expire_at=None, bundle_id=None):
    """Returns the new `Case`. `row` is the data of the secrecy desk's row form, `harms` code → 是/否."""
    Page.objects.select_for_update().get(pk=page.pk)
    page = _draft_of(page, author)
    for refusal in problems_of(page, author):
        raise refusal
    _require_harms(harms or {})
    _require_future(publish_at, expire_at)
    route = page.route
    row_form = _row_form(page, author, row) if needs_row(route) else None
    document = page.build_document()
    if not page.live:
        page.save(clean=False)  # Wagtail's row says what is signed, so that publication only has to show it
    submission = submissions.submit(
        **_identity(page, author, document),
        route=route.code,
        variant=route.variant,
        document=document,
        restricted=route.code == "emergency",
        replaces=_replaced(page),
        publish_at=publish_at,
        expire_at=expire_at,
        bundle_id=bundle_id or page.bundle_id(),
    )
    checking.record(submission, page)
    case = cases.open_case(submission, page=page, author=author)
    if row_form is not None:
        outcomes.desk().open_row(case, author, row_form.cleaned_data)
    _forget_old_workflows(page, author)
    stepping.start_workflow(case, page, author)
    return cases.refresh(case)


def _draft_of(page, author):
    """What is submitted is the latest draft, read inside the lock; it always has a revision."""
    page = Page.objects.get(pk=page.pk)
    if page.latest_revision_id is None:
        page = page.specific
        page.save_revision(user=author, clean=False)
    return page.get_latest_revision_as_object()


def _identity(page, author, document):
    return {
        "object_id": page.object_id,
        "page_id": page.pk,
        "page_type": page._meta.label,
        "revision_id": page.latest_revision_id,
        "site": document.get("site", "portal"),
        "path": document["path"],
        "unit_id": page.unit_id,
        "author": author,
    }


def _replaced(page):
    """The last submission of this item that came to nothing: those who signed it see the difference."""
    last = Case.objects.filter(page_id=page.pk).order_by("-created_at").first()
    return last.submission if last and last.publication_id is None else None


def _forget_old_workflows(page, author):
    """A returned item's workflow would resume at the step that returned it; routes start at step one."""
    for state in WorkflowState.objects.for_instance(page).filter(status__in=ACTIVE):
        state.cancel(user=author)


def _row_form(page, author, row):
    if row is None:
        raise Refusal(_("Fill in the row of the secrecy form first."), article="13", code="row_missing")
    form = outcomes.desk().row_form(page, author, row)
    require_valid([form], "13")
    return form


def _require_harms(harms):
    judgement = judge_harms(harms)
    labels = {harm.code: harm.text for harm in HARMS}
    if judgement.missing:
        raise Refusal(
            _("Say for each of the four whether the item endangers it: %(harms)s.")
            % {"harms": "、".join(labels[code] for code in judgement.missing)},
            article="6",
            code="harms_missing",
        )
    if judgement.endangered:
        raise Refusal(
            _("What endangers %(harms)s must not be published.")
            % {"harms": "、".join(labels[code] for code in judgement.endangered)},
            article="6",
            code="harmful",
        )


def _require_future(publish_at, expire_at):
    now = timezone.now()
    if publish_at and publish_at <= now:
        raise Refusal(_("The time of publication has passed."), article="16", code="past_time")
    if expire_at and expire_at <= (publish_at or now):
        raise Refusal(_("The item would expire before it is published."), article="16", code="past_time")


# --- reasons against submitting ------------------------------------------------------------------------------


def _may_write(page, author):
    """Article 9: whoever submits answers for the unit; superusers without a post there do not."""
    held = {authority.unit_id for authority in authorities_of(author) if authority.delegation_id is None}
    wanted = staffing.offices()["egov"] if page.structure else page.unit_id
    if wanted not in held:
        yield Refusal(
            _("You hold no post in the unit that answers for this item."), article="9", code="not_in_unit"
        )


def _not_under_review(page, author):
    if page.open_case:
        yield Refusal(_("This item is already under review."), article="14", code="under_review")


def _responsible_unit(page, author):
    if not page.unit_id:
        yield Refusal(_("Every item has one responsible unit."), article="9", code="no_unit")
    elif page.unit.closed_on and page.unit.closed_on <= timezone.localdate():
        yield Refusal(_("The responsible unit no longer exists."), article="9", code="unit_closed")


def _complete(page, author):
    try:
        page.check_submittable()
    except Refusal as refusal:
        yield refusal
    except ValidationError as error:
        for name, messages in _by_field(error):
            yield Refusal(f"{_label(page, name)}{messages[0]}", article="8", code="incomplete")
    if len(page.title) > MAX_TITLE:
        yield Refusal(
            _("The title is longer than %(limit)s characters.") % {"limit": MAX_TITLE},
            article="8",
            code="long_title",
        )


def _provenance(page, author):
    if page.is_reprint and not (page.source_name and page.source_date):
        yield Refusal(
            _("A reprint names its source and the date of the original."), article="8", code="no_source"
        )
    if page.in_government_name and not page.government_category:
        yield Refusal(
            _("An item in the government's name belongs to one of the ten categories."),
            article="14(1)",
            code="no_category",
        )


def _duties(page, author):
    """What its kind owes: a policy its interpretation (Article 14(1) ¶3)."""
    yield from page.open_duties()


def _checked(page, author):
    """Articles 7, 8, 13, 15 and 16: where it comes from, and what the content checks find."""
    if page.unit_id:
        yield from checking.refusals(page, author)


def _by_field(error):
    return error.message_dict.items() if hasattr(error, "error_dict") else [("__all__", error.messages)]


def _label(page, name):
    try:
        return f"{page._meta.get_field(name).verbose_name}："
    except FieldDoesNotExist:  # an error of the whole page, not of one field
        return ""
