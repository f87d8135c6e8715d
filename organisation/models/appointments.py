from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Post(models.Model):
    """岗位. The rows are written from ``organisation/posts.py`` by the database owner; nobody edits them."""

    code = models.SlugField(_("code"), primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    signing = models.BooleanField(
        _("signs"), help_text=_("Holders sign; their appointment needs a second person.")
    )
    leader = models.BooleanField(
        _("leader"), help_text=_("Another leader of the unit may be given a delegation.")
    )
    kinds = ArrayField(
        models.CharField(max_length=20), blank=True, default=list, verbose_name=_("kinds of unit")
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["order"]

    def __str__(self):
        return self.name

    def allowed_in(self, unit):
        return not self.kinds or unit.kind in self.kinds


def running(at):
    return Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))


class AppointmentQuerySet(models.QuerySet):
    def valid(self, at=None):
        """In force at that moment, judged as ``organisation_appointed`` in the database judges it."""
        at = at or timezone.now()
        unconfirmed_is_fine = Q(post__signing=False, concurrent=False)
        day = timezone.localdate(at)
        open_unit = Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=day)
        return self.filter(running(at), unconfirmed_is_fine | Q(confirmed_at__lte=at), open_unit)

    def pending(self):
        """Waiting for a second person."""
        needs = Q(post__signing=True) | Q(concurrent=True)
        not_over = Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())
        return self.filter(needs, not_over, confirmed_at__isnull=True)


class Appointment(models.Model):
    """任职: a person holds a post in a unit from a minute on, until another.

    The database keeps it honest (migration 0002): person, unit, post and start never change, the end may only
    come earlier and never lies in the past, a signing post or a second unit (兼任) counts only once a person
    who is neither the requester nor the appointee has confirmed it, at the server's time. Nothing is deleted.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="appointments", verbose_name=_("unit")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name=_("post"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    concurrent = models.BooleanField(
        _("concurrent (兼任)"), default=False, help_text=_("The person holds posts in another unit as well.")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested at"), db_default=Now(), editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["unit", "post__order", "-starts_at"]
        indexes = [
            models.Index(fields=["unit", "post"], name="organisation_app_unit_post"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="organisation_app_from_to",
            ),
            models.CheckConstraint(
                condition=~Q(requested_by=F("person")), name="organisation_app_not_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="organisation_app_confirmed_whole",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.unit} {self.post}"

    @property
    def needs_confirmation(self):
        return self.post.signing or self.concurrent

    @property
    def is_pending(self):
        return self.needs_confirmation and self.confirmed_at is None and not self.is_over

    @property
    def is_over(self):
        return self.ends_at is not None and self.ends_at <= timezone.now()


class DelegationQuerySet(models.QuerySet):
    def valid(self, at=None):
        """In force: confirmed, within its dates, grantor still in the post, delegate still a leader."""
        at = at or timezone.now()
        appointments = Appointment.objects.valid(at).filter(unit=OuterRef("unit"))
        return self.filter(
            Exists(appointments.filter(person=OuterRef("grantor"), post=OuterRef("post"))),
            Exists(appointments.filter(person=OuterRef("delegate"), post__leader=True)),
            starts_at__lte=at,
            ends_at__gt=at,
            confirmed_at__lte=at,
        )


class Delegation(models.Model):
    """授权委托: while a signatory is away, another leader of the same unit signs for him, named and dated.

    No sub-delegation: the grantor holds the post by appointment, the delegate is a leader of that unit by
    appointment.
    """

    grantor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="delegations_granted",
        verbose_name=_("grantor"),
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_held", verbose_name=_("delegate")
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="delegations", verbose_name=_("unit")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name=_("post"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    created_at = models.DateTimeField(_("entered at"), db_default=Now(), editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="organisation_del_from_to"),
            models.CheckConstraint(condition=~Q(grantor=F("delegate")), name="organisation_del_two_persons"),
            models.CheckConstraint(
                condition=~Q(created_by=F("delegate")), name="organisation_del_not_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="organisation_del_confirmed_whole",
            ),
        ]

    def __str__(self):
        return f"{self.grantor} → {self.delegate} {self.unit} {self.post}"

    @property
    def is_over(self):
        return self.ends_at <= timezone.now()

    @property
    def is_pending(self):
        return self.confirmed_at is None and not self.is_over
