"""Unit subsites inside the portal (Articles 2 and 17): a face, and below it the unit's items."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home import rich_text
from home.blocks import ADDED_STREAM, ContactsBlock, LeadersBlock, UnitColumnsBlock
from home.preview import DocumentPreview
from review.models import ReviewedPage
from units import build
from units.permission_testers import UnitIndexPermissionTester, UnitPermissionTester


class UnitIndexPage(Page):
    """The folder of all units' pages; never public, it only holds the tree together."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["units.UnitHomePage"]
    max_count = 1

    class Meta:
        verbose_name = _("unit pages")

    def permissions_for_user(self, user):
        return UnitIndexPermissionTester(user, self)


class UnitHomePage(DocumentPreview, ReviewedPage):
    """A unit's face. Its child pages are the unit's items, so that Wagtail's own tree rights wall units off."""

    kind = "unit"

    introduction = RichTextField(_("introduction"), blank=True, features=rich_text.FEATURES)
    banner = models.ForeignKey(
        "home.PortalImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    banner_alt = models.CharField(_("alternative text of the picture"), max_length=150, blank=True)
    contacts = StreamField(ContactsBlock(), blank=True, verbose_name=_("contacts"))
    leaders = StreamField(LeadersBlock(), blank=True, verbose_name=_("leaders"))

    columns = StreamField(
        UnitColumnsBlock(),
        **ADDED_STREAM,
        verbose_name=_("columns of the subsite"),
        help_text=_("Else the columns of the portal in which the unit has published."),
    )

    content_panels = [
        FieldPanel("title"),
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("banner"), FieldPanel("banner_alt")], heading=_("Picture")),
        FieldPanel("contacts"),
        FieldPanel("leaders"),
        FieldPanel("columns"),
    ]
    promote_panels = []
    settings_panels = []

    parent_page_types = ["units.UnitIndexPage"]
    subpage_types = ["home.InformationPage", "home.PolicyPage"]

    class Meta:
        verbose_name = _("unit subsite")
        verbose_name_plural = _("unit subsites")

    def permissions_for_user(self, user):
        return UnitPermissionTester(user, self)

    def get_translation(self, locale):
        """Translations stand beside their originals, below the one page of their unit, behind the same walls.

        Asked by `wagtail/actions/copy_for_translation.py` for the place of a new translation; a second tree of units
        would need rights, libraries and faces of its own.
        """
        return self

    def build_document(self):
        return build.unit_home(self)
