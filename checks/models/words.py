"""The word lists that the e-gov office keeps, and the version that each change makes (Article 16)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checks.findings import Level

SEPARATOR = "|"


class WordList(models.TextChoices):
    """Leaders ship without a single person: the office enters names, posts, dates and order itself."""

    FATAL = "fatal", "严重错误"
    TYPO = "typo", "错别字"
    WORDING = "wording", "不宜用语"
    NAME = "name", "机构地名"
    LEADER = "leader", "领导姓名职务"
    SECRECY = "secrecy", "涉密字样"


class WordQuerySet(models.QuerySet):
    def valid(self, day=None):
        day = day or timezone.localdate()
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(started & (Q(valid_to__isnull=True) | Q(valid_to__gte=day)))


class WordEntry(models.Model):
    list = models.CharField(_("list"), max_length=10, choices=WordList.choices)
    word = models.CharField(_("word"), max_length=60)
    standard = models.CharField(_("standard form or post"), max_length=120, blank=True)
    level = models.CharField(
        _("level"), max_length=8, choices=Level.choices, blank=True, help_text=_("Else the list's own.")
    )
    exceptions = models.TextField(
        _("exceptions"), blank=True, help_text=_("Phrases in which the word is right, separated by |")
    )
    contexts = models.TextField(
        _("contexts"),
        blank=True,
        help_text=_("Only near one of these words (leaders: other posts), separated by |"),
    )
    order = models.PositiveIntegerField(_("order of leaders"), default=0)
    note = models.CharField(_("note shown to the author"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    shipped = models.BooleanField(_("shipped"), default=False, editable=False)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word list entry")
        verbose_name_plural = _("word lists")
        ordering = ["list", "word"]
        constraints = [models.UniqueConstraint(fields=["list", "word"], name="checks_word_once_a_list")]

    def __str__(self):
        return f"{self.get_list_display()}：{self.word}"

    def clean(self):
        self.word = " ".join(self.word.split())
        if len(self.word) < 2:
            raise ValidationError({"word": _("A word has two characters at least.")})
        if self.word == self.standard:
            raise ValidationError({"standard": _("The standard form is the word itself.")})
        wrong = [phrase for phrase in parted(self.exceptions) if self.word not in phrase]
        if wrong:
            text = _("An exception contains the word: %(phrases)s") % {"phrases": "、".join(wrong)}
            raise ValidationError({"exceptions": text})
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The end lies before the beginning.")})


def parted(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


class ListVersion(models.Model):
    """One line for each change of the lists: number, digest of all entries, who and why. Never changed."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    digest = models.CharField(_("digest"), max_length=64)
    entries = models.PositiveIntegerField(_("entries"))
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("version of the lists")
        verbose_name_plural = _("versions of the lists")
        ordering = ["-number"]

    def __str__(self):
        return self.label

    @property
    def label(self):
        return f"{self.number}-{self.digest[:8]}"
