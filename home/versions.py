"""版本比对: any two versions of an item, side by side (Articles 14, 19); and an old item as a new draft."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from home import walls
from home.forms import MAX_TITLE
from home.models import ArticlePage, ColumnTemplate
from publication.documents import parse
from publication.models import Submission
from regulation.refusals import Refusal
from review.difference import side_by_side

MOST = 200


def article_seen_by(user, page_id) -> ArticlePage:
    """Raises `Refusal` behind a wall, Http404 for what is no item."""
    walls.check_page(user, page_id)
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ArticlePage):
        raise Http404
    return page


class VersionsView(WagtailAdminTemplateMixin, View):
    template_name = "home/versions.html"
    header_icon = "history"
    page_title = gettext_lazy("Compare versions")

    def dispatch(self, request, page_id):
        try:
            self.page = article_seen_by(request.user, page_id)
        except Refusal as refusal:
            return walls.refused(request, refusal)
        return super().dispatch(request, page_id)

    def get(self, request, page_id):
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [{"url": edit, "label": self.get_page_subtitle()}, {"url": "", "label": str(self.page_title)}]

    @cached_property
    def submitted(self):
        """Revision → what was handed in from it; these are the bytes that people signed."""
        found = Submission.objects.filter(object_id=self.page.object_id, revision_id__isnull=False)
        return {submission.revision_id: submission for submission in found.order_by("created_at")}

    @cached_property
    def versions(self):
        """Newest first: number, moment, person, and whether it was handed in."""
        revisions = self.page.revisions.select_related("user").order_by("-created_at", "-pk")[:MOST]
        return [
            {
                "pk": revision.pk,
                "label": f"{timezone.localtime(revision.created_at):%Y-%m-%d %H:%M:%S} "
                f"{revision.user.name if revision.user else ''}"
                f"{'（' + _('handed in') + '）' if revision.pk in self.submitted else ''}",
            }
            for revision in revisions
        ]

    def chosen(self, name, default):
        known = {version["pk"] for version in self.versions}
        asked = self.request.GET.get(name, "")
        return int(asked) if asked.isdigit() and int(asked) in known else default

    def document(self, revision_id):
        if revision_id in self.submitted:
            return parse(bytes(self.submitted[revision_id].document))
        revision = self.page.revisions.get(pk=revision_id)
        return revision.as_object().draft_document()

    def get_context_data(self, **kwargs):
        newest = [version["pk"] for version in self.versions]
        new = self.chosen("new", newest[0] if newest else None)
        old = self.chosen("old", newest[1] if len(newest) > 1 else new)
        rows = side_by_side(self.document(old), self.document(new)) if new and old != new else []
        return super().get_context_data(
            page=self.page, versions=self.versions, old=old, new=new, rows=rows, **kwargs
        )


class CopyView(WagtailAdminTemplateMixin, View):
    """An old item as the beginning of a new one: its own identity, its own path, its own route."""

    template_name = "home/copy.html"
    header_icon = "copy"
    page_title = gettext_lazy("Copy as a new draft")

    def dispatch(self, request, page_id):
        try:
            self.page = article_seen_by(request.user, page_id)
            self.parent = self.page.get_parent().specific
            walls.check_act(request.user, self.parent.pk, "add")
        except Refusal as refusal:
            return walls.refused(request, refusal)
        return super().dispatch(request, page_id)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get(self, request, page_id):
        return self.render_to_response(self.get_context_data(page=self.page))

    def post(self, request, page_id):
        pattern = ColumnTemplate.objects.filter(page_id=self.page.pk).first()
        title = pattern.name if pattern else _("Copy of %(title)s") % {"title": self.page.title}
        copied = copy(self.page, self.parent, request.user, title)
        messages.success(request, _("A new draft was made from “%(title)s”.") % {"title": self.page.title})
        return redirect("wagtailadmin_pages:edit", copied.pk)


#: What belonged to the old item alone.
LEFT_OUT = (
    "interprets", "correction_note", "index_number", "document_number", "relations", "interpretation",
    "no_interpretation",
)  # fmt: skip


class TemplateForm(forms.ModelForm):
    class Meta:
        model = ColumnTemplate
        fields = ["name"]


class TemplateView(WagtailAdminTemplateMixin, View):
    """A draft as the pattern for its column, for the whole unit; or no longer."""

    template_name = "home/template.html"
    header_icon = "doc-full-inverse"
    page_title = gettext_lazy("Template for the column")

    def dispatch(self, request, page_id):
        try:
            self.page = article_seen_by(request.user, page_id)
            walls.check_act(request.user, self.page.pk, "edit")
        except Refusal as refusal:
            return walls.refused(request, refusal)
        self.draft = self.page.get_latest_revision_as_object()
        self.pattern = ColumnTemplate.objects.filter(page_id=self.page.pk).first()
        return super().dispatch(request, page_id)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def show(self, form):
        return self.render_to_response(
            self.get_context_data(page=self.draft, form=form, pattern=self.pattern)
        )

    def get(self, request, page_id):
        return self.show(TemplateForm(instance=self.pattern, initial={"name": self.draft.title[:60]}))

    def post(self, request, page_id):
        if "remove" in request.POST:
            ColumnTemplate.objects.filter(page_id=self.page.pk).delete()
            messages.success(request, _("It is no template any more; the draft stays."))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        form = TemplateForm(request.POST, instance=self.pattern)
        if not self.draft.column_id:
            form.add_error(None, _("Choose the column in which the item appears."))
        if not form.is_valid():
            return self.show(form)
        pattern = form.save(commit=False)
        pattern.page_id, pattern.column_id, pattern.unit_id = (
            self.page.pk,
            self.draft.column_id,
            self.page.unit_id,
        )
        pattern.made_by = request.user
        pattern.save()
        messages.success(request, _("Your unit now finds it where items are made."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)


def copy(page, parent, user, title) -> ArticlePage:
    """The latest text in a draft with an identity of its own (`ReviewedPage.exclude_fields_in_copy`)."""
    old = page.get_latest_revision_as_object()
    title = title[:MAX_TITLE]
    slug = f"item-{timezone.localtime():%Y%m%d}-{get_random_string(6).lower()}"
    made = old.copy(
        to=parent,
        user=user,
        copy_revisions=False,
        keep_live=False,
        exclude_fields=[name for name in LEFT_OUT if hasattr(old, name)],
        update_attrs={"title": title, "draft_title": title, "slug": slug, "owner": user},
    )
    made.save_revision(user=user, clean=False)
    return made
