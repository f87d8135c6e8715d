from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """One person, one account (Article 20 专人专用).

    ``first_name`` and ``last_name`` stay empty: Wagtail expects the columns (wagtail/users/forms.py,
    ``standard_fields``), Chinese names are one field. An account that is closed (``is_active`` false) holds
    no post any more: the database ends its appointments in the same statement (migration 0002).
    """

    name = models.CharField(_("person's name"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    groups_due = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When an appointment next begins or ends, so that the groups are refreshed then.",
    )

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["username"]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class PasswordReset(models.Model):
    """A password given out by the e-government office's desk (Article 20 若密码忘记…)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="password_resets_made",
        verbose_name=_("reset by"),
    )
    at = models.DateTimeField(_("time"), db_default=Now())
    reason = models.CharField(_("how the person was identified"), max_length=200)

    class Meta:
        verbose_name = _("password reset")
        verbose_name_plural = _("password resets")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.person} {self.at:%Y-%m-%d %H:%M}"
