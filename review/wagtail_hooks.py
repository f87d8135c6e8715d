from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ListingButton

from organisation.authority import authorities_of
from organisation.models.units import UnitName, local_date, valid_on
from review import inbox, urls
from review.action_menu import SUBMIT, only_ours
from review.models import Case, ReviewedPage
from review.visibility import visible_cases

lazy_url = lazy(lambda name: reverse(name), str)


@hooks.register("register_admin_urls")
def review_urls():
    return [path("review/", include(urls))]


class InboxMenuItem(MenuItem):
    """待办 with its count; three queries on a page, whatever waits."""

    def render_component(self, request):
        component = super().render_component(request)
        count = inbox.count_for(request)
        if count:
            component.label = f"{self.label}（{count}）"
        return component


@hooks.register("register_admin_menu_item")
def inbox_menu_item():
    return InboxMenuItem(
        gettext_lazy("Review inbox"),
        lazy_url("review:inbox"),
        name="review-inbox",
        icon_name="tasks",
        order=10,
    )


class PostHoldersMenuItem(MenuItem):
    """Shown to those who hold any post that may take down or decide."""

    posts = frozenset(
        {
            "reviewer",
            "branch_leader",
            "supervising_leader",
            "principal_leader",
            "portal_leader",
            "web_manager",
        }
    )

    def is_shown(self, request):
        return any(a.post in self.posts for a in authorities_of(request.user))


@hooks.register("register_admin_menu_item")
def online_menu_item():
    return PostHoldersMenuItem(
        gettext_lazy("Published items"), lazy_url("review:online"), name="online", icon_name="globe", order=20
    )


@hooks.register("insert_global_admin_css")
def review_css():
    return format_html('<link rel="stylesheet" href="{}">', static("review/review.css"))


@hooks.register("insert_editor_js")
def checks_js():
    return format_html('<script src="{}"></script>', static("review/checks.js"))


@hooks.register("construct_page_action_menu", order=1000)
def action_menu(items, request, context):
    only_ours(items, context)


@hooks.register("after_create_page", order=-10)
@hooks.register("after_edit_page", order=-10)
def to_submission_page(request, page):
    """提交审核 saves like a draft; what is signed is asked on the next page."""
    if request.POST.get(SUBMIT) and isinstance(page.specific, ReviewedPage):
        return redirect("review:submit", page_id=page.pk)


@hooks.register("register_page_header_buttons")
def chain_button(page, user, view_name, next_url=None):
    if isinstance(page, ReviewedPage) or issubclass(page.specific_class or object, ReviewedPage):
        yield Button(
            "审核发布全过程",
            url=reverse("review:page_chain", args=[page.pk]),
            icon_name="history",
            priority=5,
        )
        if view_name == "edit":
            yield Button(
                "内容检查", url=reverse("review:checks", args=[page.pk]), icon_name="check", priority=4
            )


@hooks.register("register_page_listing_more_buttons")
def chain_listing_button(page, user, next_url=None):
    if issubclass(page.specific_class or object, ReviewedPage):
        yield ListingButton(
            "审核发布全过程", reverse("review:page_chain", args=[page.pk]), icon_name="history", priority=60
        )


@hooks.register("construct_explorer_page_queryset")
def with_status(parent_page, pages, request):
    """Where each row stands and whom it waits for comes with the list: the explorer asks nothing per row."""
    newest = Case.objects.filter(page_id=OuterRef("pk")).order_by("-created_at")
    office = UnitName.objects.filter(valid_on(local_date()), unit=OuterRef("step_unit"))
    named = newest.annotate(
        office=Coalesce(
            NullIf(Subquery(office.values("short_name")[:1]), Value("")), Subquery(office.values("name")[:1])
        )
    )
    return pages.annotate(
        case_status=Subquery(newest.values("status")[:1]), case_office=Subquery(named.values("office")[:1])
    )


@hooks.register("register_ledger_entry_link")
def chain_link(request, entry):
    """From a line of the register to the whole chain of its item (Article 1)."""
    if entry.submission_id is None or not visible_cases(request.user).filter(pk=entry.submission_id).exists():
        return None
    return {"label": "审核发布全过程", "url": reverse("review:chain", args=[entry.submission_id])}
