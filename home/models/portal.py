"""The portal's home page: sections, banner and footer, all under the gate like any text (Article 18)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home import build
from home.blocks import ADDED_STREAM, ContactsBlock, LinksBlock, SectionsBlock
from home.forms import StructureForm
from home.models.structure import StructurePage


class HomePage(StructurePage):
    """The home page; its document also carries the footer of every public page."""

    kind = "home"

    banner = models.ForeignKey(
        "home.PortalImage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("banner image"),
    )
    banner_alt = models.CharField(_("alternative text of the banner"), max_length=150, blank=True)
    motto = models.CharField(_("line beside the banner"), max_length=60, blank=True)
    sections = StreamField(SectionsBlock(), blank=True, verbose_name=_("sections"))
    organiser = models.CharField(_("organised by"), max_length=100, blank=True)
    operator = models.CharField(_("operated by"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=150, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("police filing number"), max_length=60, blank=True)
    footer_lines = StreamField(ContactsBlock(), blank=True, verbose_name=_("more lines in the footer"))

    footer_links = StreamField(LinksBlock(), **ADDED_STREAM, verbose_name=_("badges and links in the footer"))
    grey = models.BooleanField(
        _("grey mode"),
        default=False,
        db_default=False,
        help_text=_("For days of mourning: all public pages without colour."),
    )

    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [FieldPanel("banner"), FieldPanel("banner_alt"), FieldPanel("motto")], heading=_("Banner")
        ),
        FieldPanel("sections"),
        MultiFieldPanel(
            [
                FieldPanel("organiser"),
                FieldPanel("operator"),
                FieldPanel("telephone"),
                FieldPanel("address"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("footer_lines"),
                FieldPanel("footer_links"),
            ],
            heading=_("Footer"),
        ),
        FieldPanel("grey"),
    ]
    promote_panels = []
    settings_panels = []
    base_form_class = StructureForm

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.ColumnPage"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")

    def build_document(self):
        return build.home(self)
