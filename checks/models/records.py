"""What the checks found of each submission, and who took a finding upon himself. Evidence: never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CheckRun(models.Model):
    """The findings of one submission as its author saw them, with the version of rules and lists."""

    submission_id = models.UUIDField(_("submission"), primary_key=True)
    object_id = models.UUIDField(_("object"), db_index=True)
    version = models.CharField(_("version"), max_length=80)
    digest = models.CharField(_("digest of what was checked"), max_length=64)
    counts = models.JSONField(_("counts"))
    findings = models.JSONField(_("findings"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("content check")
        verbose_name_plural = _("content checks")

    def __str__(self):
        return f"{self.version} {self.at:%Y-%m-%d %H:%M}"


class Override(models.Model):
    """Somebody with the authority says in writing why a finding may stand; reviewers read it."""

    object_id = models.UUIDField(_("object"), db_index=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    rule = models.CharField(_("rule"), max_length=40)
    level = models.CharField(_("level"), max_length=8)
    excerpt = models.CharField(_("excerpt"), max_length=300)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed by")
    )
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    post = models.CharField(_("post"), max_length=30)
    delegation_id = models.BigIntegerField(_("delegation"), null=True)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("override of a finding")
        verbose_name_plural = _("overrides of findings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["object_id", "fingerprint"], name="checks_override_once")
        ]

    def __str__(self):
        return f"{self.excerpt}：{self.reason}"


class LinkState(models.Model):
    """Whether an address answered when it was last asked, in the background (`checks.dead_links`)."""

    url = models.CharField(_("address"), max_length=2000, unique=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    answer = models.CharField(_("last answer"), max_length=120, blank=True)
    checked_at = models.DateTimeField(_("last asked"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.url
