"""信息发布审核登记表: every lawful act on an item, once, in order, for good (Article 19).

An entry copies its evidence (names, posts, opinions, times, digests) instead of pointing to rows that
may change; what it says stays readable when units are renamed and persons have left. Entries form a
chain: each holds the SM3 of the one before, so that a changed or missing entry shows.
"""

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PUBLISHED = "published", "发布"
    CORRECTED = "corrected", "更正"
    TAKEN_DOWN = "taken_down", "下线"
    RATIFIED = "ratified", "追认下线"
    RESTORED = "restored", "恢复发布"
    WITHDRAWN = "withdrawn", "撤回"
    REFUSED = "refused", "不同意"
    ON_REQUEST = "on_request", "依申请提供"
    OTHER_FORM = "other_form", "其他"
    QUARANTINED = "quarantined", "封存"
    BASELINE = "baseline", "存量"
    EXPIRED = "expired", "到期下线"


def _fact(key):
    """A column derived from the facts: filters use an index and cannot disagree with the facts."""
    return models.GeneratedField(
        expression=KeyTextTransform(key, "facts"),
        output_field=models.TextField(null=True),
        db_persist=True,
        null=True,
    )


class RegisterEntry(models.Model):
    """One line of the register. Inserted by `ledger.register.append` only; PostgreSQL refuses the rest."""

    number = models.BigIntegerField(_("number"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    submission_id = models.UUIDField(_("submission"), null=True, blank=True, db_index=True)
    publication_id = models.BigIntegerField(_("publication"), null=True, blank=True, db_index=True)
    object_id = models.UUIDField(_("item"), null=True, blank=True, db_index=True)
    facts = models.JSONField(_("facts"))
    recorded_at = models.DateTimeField(_("recorded at"), db_index=True)
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    title = _fact("title")
    unit_code = _fact("unit_code")
    route = _fact("route")

    class Meta:
        ordering = ["-number"]
        verbose_name = _("register entry")
        verbose_name_plural = _("review and publication register")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["unit_code", "-number"], name="ledger_entry_unit"),
            models.Index(fields=["route", "-number"], name="ledger_entry_route"),
            models.Index(fields=["kind", "-number"], name="ledger_entry_kind"),
        ]

    def __str__(self):
        return f"第{self.number}号 {self.get_kind_display()}"
