"""Articles 7 and 8: who may be reprinted, what proves a reprint, and whose consent lies on file."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    STATE_LIST = "state", "国家名录"
    GOVERNMENT = "government", "上级政府网站"
    AGREEMENT = "agreement", "自有协议"


class SourceQuerySet(models.QuerySet):
    def valid(self, day=None):
        day = day or timezone.localdate()
        return self.filter(Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day)))


class ReprintSource(models.Model):
    """An allowed source, from a day to a day. Whoever leaves the list keeps his line with its end."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind.choices)
    domain = models.CharField(
        _("domain"),
        max_length=200,
        blank=True,
        help_text=_("As in www.example.cn; subdomains count as well."),
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(
        _("basis"), max_length=300, blank=True, help_text=_("List, document or agreement.")
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reprint source")
        verbose_name_plural = _("reprint sources")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "domain", "valid_from"], name="checks_source_once")
        ]

    def __str__(self):
        return self.name


class EvidenceKind(models.TextChoices):
    CAPTURE = "capture", "原文存证"
    CONSENT = "consent", "同意公开的书面材料"
    ORIGINAL = "original", "导入的原稿"


class Evidence(models.Model):
    """A file that proves where an item comes from; private, never part of what is published."""

    object_id = models.UUIDField(_("object"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind.choices)
    sha256 = models.CharField(_("digest"), max_length=64)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    url = models.CharField(_("address of the original"), max_length=500, blank=True)
    organ = models.CharField(_("consenting organ"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filed by")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("evidence of origin")
        verbose_name_plural = _("evidence of origin")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.name


class ForeignMatter(models.Model):
    """The author says that an item contains another organ's information that is not yet public (Article 8)."""

    object_id = models.UUIDField(_("object"), primary_key=True)
    organ = models.CharField(_("organ"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("other organ's information")
        verbose_name_plural = _("other organs' information")

    def __str__(self):
        return self.organ


class SourceException(models.Model):
    """An unlisted source for one item: asked by the author with a reason, decided by the portal's leader."""

    object_id = models.UUIDField(_("object"), db_index=True)
    page_id = models.BigIntegerField(_("page"))
    title = models.CharField(_("title"), max_length=500)
    source_name = models.CharField(_("source"), max_length=200)
    source_url = models.CharField(_("address of the original"), max_length=500, blank=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    why = models.CharField(_("why this source"), max_length=500)
    granted = models.BooleanField(_("granted"), null=True)
    reason = models.CharField(_("leader's reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("exception for a source")
        verbose_name_plural = _("exceptions for sources")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "source_name"],
                condition=Q(granted__isnull=True),
                name="checks_asked_once",
            )
        ]

    def __str__(self):
        return f"{self.source_name}：{self.title}"
