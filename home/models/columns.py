"""The column tree (Articles 9, 17, 18): who answers for a column and who may publish in it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from home import build, moving
from home.blocks import ADDED_STREAM, LeadersBlock
from home.forms import ColumnForm
from home.models.structure import StructurePage
from organisation.models import UnitKind


class ColumnType(models.TextChoices):
    """Values of ColumnType in 政府网站网页标签规范; the national standard's words, verbatim."""

    PROFILE = "概况信息", "概况信息"
    DUTIES = "机构职能", "机构职能"
    LEADERS = "负责人信息", "负责人信息"
    NEWS = "工作动态", "工作动态"
    POLICY = "政策文件", "政策文件"
    GUIDE = "信息公开指南", "信息公开指南"
    CATALOGUE = "信息公开目录", "信息公开目录"
    ANNUAL = "信息公开年报", "信息公开年报"
    ON_REQUEST = "依申请公开", "依申请公开"
    DATA = "数据发布", "数据发布"
    INTERPRETATION = "政策解读", "政策解读"
    CONCERNS = "回应关切", "回应关切"
    SERVICE = "办事服务", "办事服务"
    LETTERS = "咨询投诉", "咨询投诉"
    SURVEY = "征集调查", "征集调查"
    INTERVIEW = "在线访谈", "在线访谈"


#: What stands in columns of these types goes route (5), whoever writes it.
INTERACTIVE_TYPES = frozenset({ColumnType.LETTERS, ColumnType.SURVEY, ColumnType.INTERVIEW})


class Layout(models.TextChoices):
    """How a column's list looks."""

    LIST = "list", _("list")
    PICTURES = "pictures", _("pictures")
    TOPIC = "topic", _("topic")


class ColumnPage(StructurePage):
    """A column. Its draft is a proposal; the public sees what the gov office approved (Article 18)."""

    kind = "column"

    responsible_unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible unit"),
        help_text=_("Article 9: a column without a responsible unit accepts no items."),
    )
    contributor_kinds = ArrayField(
        models.CharField(max_length=20, choices=UnitKind.choices),
        default=list,
        blank=True,
        verbose_name=_("kinds of unit that contribute"),
    )
    contributor_units = ParentalManyToManyField(
        "organisation.Unit", blank=True, related_name="+", verbose_name=_("units that contribute")
    )
    column_type = models.CharField(
        _("column type"), max_length=20, choices=ColumnType.choices, default=ColumnType.NEWS
    )
    description = models.CharField(_("description"), max_length=200, blank=True)
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    layout = models.CharField(
        _("appearance"), max_length=10, choices=Layout.choices, default=Layout.LIST, db_default=Layout.LIST
    )
    update_days = models.PositiveSmallIntegerField(
        _("update within days"),
        null=True,
        blank=True,
        help_text=_("Articles 10 and 18. Empty: as usual for the type of column; 0: no duty."),
    )
    stands_below = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("move below"),
        help_text=_("Empty: stays where it is. The column moves when the government office has decided it."),
    )
    banner = models.ForeignKey(
        "home.PortalImage",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("picture"),
    )
    banner_alt = models.CharField(
        _("alternative text of the picture"), max_length=150, blank=True, default="", db_default=""
    )

    leaders = StreamField(
        LeadersBlock(),
        **ADDED_STREAM,
        verbose_name=_("leaders"),
        help_text=_("In a column of the type 负责人信息. Empty: those of the government office's subsite."),
    )

    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("responsible_unit"),
                FieldPanel("contributor_kinds"),
                FieldPanel("contributor_units"),
                FieldPanel("update_days"),
            ],
            heading=_("Responsibility (Articles 9 and 17)"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("column_type"),
                FieldPanel("description"),
                FieldPanel("keywords"),
                FieldPanel("layout"),
                FieldPanel("banner"),
                FieldPanel("banner_alt"),
                PageChooserPanel("stands_below", ["home.ColumnPage", "home.HomePage"]),
                FieldPanel("order"),
                FieldPanel("slug"),
            ],
            heading=_("Presentation"),
        ),
        FieldPanel("leaders"),
    ]
    promote_panels = []
    settings_panels = []
    base_form_class = ColumnForm

    parent_page_types = ["home.HomePage", "home.ColumnPage"]
    subpage_types = ["home.ColumnPage"]

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")

    def takes_from(self, unit) -> bool:
        """Whether a unit may publish here: it answers for the column or is named as contributor."""
        if not self.responsible_unit_id:
            return False
        if unit.pk == self.responsible_unit_id or unit.kind in self.contributor_kinds:
            return True
        return unit.pk in {contributor.pk for contributor in self.contributor_units.all()}

    @property
    def parent_column(self):
        """Where the draft says it stands: where it is, unless another place is proposed."""
        parent = self.stands_below or self.get_parent()
        specific = parent.specific if parent else None
        return specific if isinstance(specific, ColumnPage) else None

    def check_submittable(self):
        moving.check_place(self)
        super().check_submittable()

    def build_document(self):
        return build.column(self)
