"""What an author finds under the editor: 提交审核, 保存草稿, 撤回, and nothing that publishes."""

from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem

from review.acts.withdrawal import may_withdraw
from review.models import ReviewedPage

SUBMIT = "action-portal-submit"
KEPT = ("action-save-draft", "action-page-locked")


class SubmitMenuItem(ActionMenuItem):
    """Saves the draft; `after_edit_page` then leads to the submission page."""

    label = "提交审核"
    name = SUBMIT
    icon_name = "upload"
    order = 10

    def is_shown(self, context):
        if context["view"] == "revisions_revert":
            return False
        page = context.get("page") or context.get("parent_page")
        return isinstance(page, ReviewedPage) and super().is_shown(context)


class ReviewMenuItem(ActionMenuItem):
    """While it is under review the editor is locked; this leads to where it stands."""

    label = "查看办理情况"
    name = "action-review"
    icon_name = "tasks"
    order = 20
    template_name = "review/action_menu_link.html"

    def is_shown(self, context):
        page = context.get("page")
        return isinstance(page, ReviewedPage) and page.open_case is not None

    def get_url(self, context):
        return reverse("review:review", args=[context["page"].open_case.pk])


class WithdrawMenuItem(ReviewMenuItem):
    label = "撤回"
    name = "action-withdraw"
    icon_name = "undo"
    order = 30
    template_name = "review/action_menu_withdraw.html"

    def is_shown(self, context):
        if not super().is_shown(context):
            return False
        return may_withdraw(context["page"].open_case, context["request"].user) is None

    def get_url(self, context):
        return reverse("review:withdraw", args=[context["page"].open_case.pk])


def only_ours(items, context):
    """Publish, unpublish, cancel and restart workflow, and Wagtail's own approve buttons all go."""
    page = context.get("page") or context.get("parent_page")
    if not isinstance(page, ReviewedPage):
        return
    kept = [item for item in items if item.name in KEPT]
    ours = [
        item for item in (SubmitMenuItem(), ReviewMenuItem(), WithdrawMenuItem()) if item.is_shown(context)
    ]
    items[:] = ours + kept  # the first is the button, the rest its menu
