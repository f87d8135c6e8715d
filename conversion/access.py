"""Who may bring a file where: the walls of the editor, by the same table (Articles 14, 17)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from home import walls
from home.models.articles import ArticlePage
from organisation.authority import units_of
from regulation.refusals import Refusal


class Walled:
    """Mixin for views: `who_may` raises `Refusal`, which is answered as everywhere behind the walls."""

    def dispatch(self, request, *args, **kwargs):
        try:
            self.who_may(request.user, **kwargs)
        except Refusal as refusal:
            return walls.refused(request, refusal)
        return super().dispatch(request, *args, **kwargs)


class BelowUnit(Walled):
    """A new item below a unit's page."""

    def who_may(self, user, parent_id):
        walls.check_page(user, parent_id)
        walls.check_act(user, parent_id, "add")
        self.parent = get_object_or_404(Page, pk=parent_id).specific
        self.models = [m for m in self.parent.creatable_subpage_models() if issubclass(m, ArticlePage)]
        if not self.models:
            raise Http404


class OnDraft(Walled):
    """A draft that the person may change now."""

    def who_may(self, user, page_id):
        walls.check_page(user, page_id)
        walls.check_act(user, page_id, "edit")
        page = get_object_or_404(Page, pk=page_id).specific
        if not isinstance(page, ArticlePage):
            raise Http404
        if page.open_case:
            raise page.locked_refusal()
        self.page = page.get_latest_revision_as_object()


def unit_pages(user):
    """Pages of the units in which the person writes."""
    pages = Page.objects.filter(unithomepage__unit__in=units_of(user)).specific()
    return [page for page in pages if page.permissions_for_user(user).can_add_subpage()]
