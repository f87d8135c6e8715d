"""One row of the statutory table for each submission (Article 13, attachment).

Rows come first; sheets form from them at sealing (`sheets.py`). A row is bound to the digest of the submission it was
filled for, so that another text needs another row.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulation import sealed
from secrecy import labels


class Source(models.TextChoices):
    OWN = "own", labels.SOURCE_OWN
    REPRINT = "reprint", labels.SOURCE_REPRINT


class Form(models.TextChoices):
    WEB = "web", labels.FORM_WEB
    ON_REQUEST = "on_request", labels.FORM_ON_REQUEST
    OTHER = "other", labels.FORM_OTHER


class Opinion(models.TextChoices):
    AGREE = "agree", labels.AGREE
    DISAGREE = "disagree", labels.DISAGREE


class SecrecyRowQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(voided_at__isnull=True)

    def decided(self):
        """Both opinions given: ready for a sheet."""
        return self.valid().exclude(leader_opinion="")

    def without_sheet(self):
        from secrecy.models.sheets import SheetRow

        return self.filter(~Exists(SheetRow.objects.filter(row=OuterRef("pk"), released_at__isnull=True)))

    def with_people(self):
        return self.select_related("unit", "author", "reviewer", "leader")


def _person(label, related_name, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name=related_name, verbose_name=label, **options
    )


class SecrecyRow(models.Model):
    """序号, 部门, 信息名称, 信息来源, 发布形式 by the author; two opinions by two other people.

    The database keeps it (migration 0002): what the author filled in never changes, each opinion is written once, by
    a person who holds the post at that minute, at the server's time; a row is voided once and never deleted.
    """

    submission_id = models.UUIDField(_("submission"), unique=True, null=True, blank=True)
    content_digest = models.CharField(_("digest of the text"), max_length=64, blank=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    author = _person(_("author"), "secrecy_rows_filled")
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(_("filled in at"), default=timezone.now)

    department = models.CharField(labels.DEPARTMENT, max_length=100)
    name = models.CharField(labels.NAME, max_length=500)
    source = models.CharField(labels.SOURCE, max_length=10, choices=Source.choices)
    reprint_source = models.CharField(_("source of the reprint"), max_length=300, blank=True)
    form = models.CharField(labels.FORM, max_length=10, choices=Form.choices, default=Form.WEB)
    other_form = models.CharField(_("other form of publication"), max_length=100, blank=True)
    proposed_form = models.CharField(_("form proposed by the reviewer"), max_length=10, blank=True)
    proposed_other_form = models.CharField(_("other form proposed"), max_length=100, blank=True)

    reviewer_opinion = models.CharField(
        labels.REVIEWER_OPINION, max_length=10, choices=Opinion.choices, blank=True
    )
    reviewer = _person(_("reviewer"), "secrecy_rows_reviewed", null=True, blank=True)
    reviewer_delegation_id = models.BigIntegerField(null=True, blank=True)
    reviewer_remark = models.CharField(_("reviewer's remark"), max_length=1000, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)

    leader_opinion = models.CharField(
        labels.LEADER_OPINION, max_length=10, choices=Opinion.choices, blank=True
    )
    leader = _person(_("leader on the form"), "secrecy_rows_decided", null=True, blank=True)
    leader_delegation_id = models.BigIntegerField(null=True, blank=True)
    leader_remark = models.CharField(_("leader's remark"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    cites = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="cited_by", verbose_name=_("earlier row")
    )
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    void_reason = models.CharField(_("reason for voiding"), max_length=300, blank=True)
    sealed_away = models.BooleanField(_("under quarantine"), default=False)
    digest = models.CharField(_("row digest"), max_length=64, blank=True)

    objects = SecrecyRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("secrecy row")
        verbose_name_plural = _("secrecy rows")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["unit", "-day", "-id"], name="secrecy_row_unit_day"),
            models.Index(
                fields=["unit", "author", "reviewer", "leader", "day"],
                condition=~Q(leader_opinion="") & Q(voided_at__isnull=True),
                name="secrecy_row_for_sheet",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=Source.OWN, reprint_source="")
                | (Q(source=Source.REPRINT) & ~Q(reprint_source="")),
                name="secrecy_row_one_source",
            ),
            models.CheckConstraint(
                condition=Q(form__in=[Form.WEB, Form.ON_REQUEST], other_form="")
                | (Q(form=Form.OTHER) & ~Q(other_form="")),
                name="secrecy_row_one_form",
            ),
            models.CheckConstraint(
                condition=Q(leader_opinion="") | Q(reviewer_opinion=Opinion.AGREE),
                name="secrecy_row_reviewer_first",
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=models.F("author"))
                & ~Q(leader=models.F("author"))
                & ~Q(leader=models.F("reviewer")),
                name="secrecy_row_three_people",
            ),
        ]

    def __str__(self):
        return self.safe_name

    @property
    def safe_name(self):
        """What may be shown in lists: a quarantined item shows no title."""
        return sealed.NAME if self.sealed_away else self.name

    @property
    def is_voided(self):
        return self.voided_at is not None

    @property
    def is_refused(self):
        return Opinion.DISAGREE in (self.reviewer_opinion, self.leader_opinion)

    @property
    def is_decided(self):
        return bool(self.leader_opinion) and not self.is_voided

    @property
    def wanted_form(self):
        """The form of publication on the table now: the reviewer's proposal before the author's tick."""
        return self.proposed_form or self.form

    @property
    def is_web(self):
        return self.form == Form.WEB

    @property
    def status(self):
        """In the words of the glossary where it has them."""
        if self.sealed_away:
            return "已封存"
        if self.is_voided:
            return "已作废"
        if self.is_refused:
            return "不同意（已登记）"
        if not self.reviewer_opinion:
            return "待保密审查"
        if not self.leader_opinion:
            return "待主管领导意见"
        return {
            Form.WEB: labels.AGREE,
            Form.ON_REQUEST: "依申请提供（已登记）",
            Form.OTHER: "其他（已登记）",
        }[self.form]
