"""Information and policy documents: children of their unit's page, shown in a column of the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home import build, interpretation
from home.blocks import ADDED_STREAM, AttachmentsBlock, BodyBlock, PolicyRelationsBlock
from home.completeness import check_complete
from home.forms import ArticleForm
from home.models.columns import INTERACTIVE_TYPES
from home.permission_testers import ArticlePermissionTester
from home.placement import check_placement
from home.preview import DocumentPreview
from review.models import ReviewedPage

ORIGIN_PANEL = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("in_government_name"), FieldPanel("government_category")]),
        FieldPanel("sensitive"),
        FieldPanel("is_reprint"),
        FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_date")]),
        FieldPanel("source_url"),
    ],
    heading=_("Kind and source (decides the route)"),
)
TEXT_PANELS = [
    FieldPanel("title"),
    FieldPanel("column"),
    FieldPanel("summary"),
    FieldPanel("body"),
    FieldPanel("attachments"),
]
EDITOR_PANEL = FieldRowPanel([FieldPanel("editor"), FieldPanel("keywords")])
CORRECTION_PANEL = FieldPanel("correction_note")


class ArticlePage(DocumentPreview, ReviewedPage):
    """What information and policy documents share."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    column = models.ForeignKey(
        "home.ColumnPage", models.PROTECT, null=True, related_name="+", verbose_name=_("column")
    )
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    attachments = StreamField(AttachmentsBlock(), blank=True, verbose_name=_("attachments"))
    correction_note = models.CharField(
        _("correction note"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("What a correction changed; readers see it under the text."),
    )

    search_fields = [*ReviewedPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    promote_panels = []
    settings_panels = []
    base_form_class = ArticleForm
    parent_page_types = ["units.UnitHomePage"]
    subpage_types = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return ArticlePermissionTester(user, self)

    def full_clean(self, *args, **kwargs):
        self.follow_unit()
        super().full_clean(*args, **kwargs)

    def follow_unit(self):
        """The responsible unit is the one under whose page the item stands; nobody types it (Article 9)."""
        parent = self.get_parent() if self.path else getattr(self, "_parent_page_hint", None)
        parent = parent.specific if parent is not None else None
        if parent is not None and getattr(parent, "unit_id", None):
            self.unit_id = parent.unit_id

    @property
    def interactive(self):
        """Letters, consultations, surveys and interviews are told by their column (Article 14(5))."""
        return bool(self.column_id) and self.column.column_type in INTERACTIVE_TYPES

    def check_submittable(self):
        """Everything that must be there before the document is built; raises `Refusal` with the article."""
        check_placement(self)
        check_complete(self)


class InformationPage(ArticlePage):
    """News, notices, announcements; also the interpretation of a policy (Article 14(1))."""

    kind = "information"

    interprets = models.ForeignKey(
        "home.PolicyPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interpreted_by",
        verbose_name=_("interprets"),
        help_text=_("The policy document that this item explains, if it does."),
    )

    content_panels = [*TEXT_PANELS, FieldPanel("interprets"), ORIGIN_PANEL, EDITOR_PANEL, CORRECTION_PANEL]

    class Meta:
        verbose_name = _("information")
        verbose_name_plural = _("information")

    def build_document(self):
        return build.information(self)

    def companions(self):
        return interpretation.with_interpretation(self)

    def bundle_id(self):
        return interpretation.bundle_id(self.interprets) if self.companions() else None

    def open_duties(self):
        return interpretation.open_in_interpretation(self)


class Validity(models.TextChoices):
    """Validity of a policy document as it is stamped on its page; statutory words."""

    IN_FORCE = "有效", "有效"
    AMENDED = "已修改", "已修改"
    ABOLISHED = "废止", "废止"
    LAPSED = "失效", "失效"


class PolicyPage(ArticlePage):
    """An issued public document with its catalogue data (信息公开目录)."""

    kind = "policy"

    index_number = models.CharField(_("index number"), max_length=60, blank=True)
    subject = models.CharField(_("subject category"), max_length=60, blank=True)
    issuer = models.CharField(_("issuing organ"), max_length=120)
    formed_on = models.DateField(_("date of the document"), null=True, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    validity = models.CharField(
        _("validity"), max_length=10, choices=Validity.choices, default=Validity.IN_FORCE
    )
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    lapses_on = models.DateField(_("no longer in force from"), null=True, blank=True)
    interpretation = models.CharField(
        _("interpretation"),
        max_length=10,
        choices=interpretation.Interpretation.choices,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Article 14 (1): a policy that touches people's lives goes online with its interpretation."
        ),
    )
    no_interpretation = models.CharField(
        _("reason why none is needed"), max_length=200, blank=True, default="", db_default=""
    )
    relations = StreamField(
        PolicyRelationsBlock(),
        **ADDED_STREAM,
        verbose_name=_("what it repeals or amends"),
        help_text=_("Both pages show it, and the other document's stamp changes with this publication."),
    )

    content_panels = [
        *TEXT_PANELS,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("index_number"), FieldPanel("document_number")]),
                FieldRowPanel([FieldPanel("issuer"), FieldPanel("subject")]),
                FieldRowPanel([FieldPanel("formed_on"), FieldPanel("issued_on")]),
                FieldRowPanel([FieldPanel("effective_on"), FieldPanel("lapses_on"), FieldPanel("validity")]),
            ],
            heading=_("Catalogue data"),
        ),
        MultiFieldPanel(
            [FieldPanel("interpretation"), FieldPanel("no_interpretation")],
            heading="政策解读（第十四条（一））",
        ),
        FieldPanel("relations"),
        ORIGIN_PANEL,
        EDITOR_PANEL,
        CORRECTION_PANEL,
    ]

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")

    def build_document(self):
        return build.policy(self)

    def companions(self):
        return interpretation.with_policy(self)

    def bundle_id(self):
        return interpretation.bundle_id(self) if self.companions() else None

    def open_duties(self):
        return interpretation.open_in_policy(self)
