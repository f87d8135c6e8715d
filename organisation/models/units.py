from collections import defaultdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """Kinds of unit, by the names the regulation uses (Articles 5, 14)."""

    GOV_OFFICE = "gov_office", _("district government office")
    EGOV_OFFICE = "egov_office", _("e-government office")
    DEPARTMENT = "department", _("department")
    TOWNSHIP = "township", _("township")
    SUBDISTRICT = "subdistrict", _("sub-district office")
    COMMUNITY = "community", _("new-type community")
    OTHER = "other", _("other unit")


def local_date(moment=None):
    """The day of a moment in the portal's time zone; a date is its own day, nothing means today."""
    if moment is None:
        return timezone.localdate()
    if hasattr(moment, "hour"):
        return timezone.localdate(moment)
    return moment


def valid_on(day):
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class UnitQuerySet(models.QuerySet):
    def current(self, at=None):
        """Units that exist at that moment."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=local_date(at)))

    def named(self, at=None):
        """Adds the names of that moment in the same query, so that ``unit.name`` asks nothing more."""
        names = UnitName.objects.filter(valid_on(local_date(at)), unit=OuterRef("pk"))
        return self.annotate(
            current_name=Subquery(names.values("name")[:1]),
            current_short_name=Subquery(names.values("short_name")[:1]),
        )


class Unit(models.Model):
    """An organ, department, township… that answers for its columns and items (Articles 9, 17).

    Code and kind never change (the database refuses it); the name may, and old records keep the old one.
    """

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    site = models.SlugField(
        _("site"), default="portal", help_text=_("Which of the portal's sites it publishes on.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=[UnitKind.GOV_OFFICE, UnitKind.EGOV_OFFICE], closed_on__isnull=True),
                name="organisation_one_office_of_each",
            ),
        ]

    def __str__(self):
        return self.name

    def _names_at(self, moment):
        row = self.names.filter(valid_on(local_date(moment))).values_list("name", "short_name").first()
        return row or (self.code, "")

    def _load_names(self):
        if getattr(self, "current_name", None) is None:
            self.current_name, self.current_short_name = self._names_at(None)

    @property
    def name(self):
        """Today's name. In lists use ``Unit.objects.named()``, or this costs a query for each unit."""
        self._load_names()
        return self.current_name

    @property
    def short_name(self):
        self._load_names()
        return self.current_short_name or self.current_name

    def name_at(self, moment):
        return self._names_at(moment)[0]

    def refresh_from_db(self, *args, **kwargs):
        self.__dict__.pop("current_name", None)
        self.__dict__.pop("current_short_name", None)
        super().refresh_from_db(*args, **kwargs)

    @property
    def group_name(self):
        return f"unit:{self.code}"


class UnitName(models.Model):
    """What a unit is called from a day on, until the day (exclusive) it is called something else."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names", verbose_name=_("unit"))
    name = models.CharField(_("full name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit name")
        verbose_name_plural = _("unit names")
        ordering = ["unit", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_name_from_to",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="organisation_one_open_name"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The name ends before it begins.")})


def unit_names(ids, at=None):
    """``{unit id: name}`` at a moment for many units, in one query."""
    rows = UnitName.objects.filter(valid_on(local_date(at)), unit_id__in=set(ids))
    return dict(rows.values_list("unit_id", "name"))


def names_over_time(ids):
    """``name(unit id, moment)`` for records of many days, in one query: each keeps the name of its day."""
    known = defaultdict(list)
    rows = UnitName.objects.filter(unit_id__in=set(ids)).order_by("valid_from", "pk")
    for unit_id, name, begins, ends in rows.values_list("unit_id", "name", "valid_from", "valid_to"):
        known[unit_id].append((begins, ends or date.max, name))

    def name(unit_id, moment):
        day = local_date(moment)
        return next((said for begins, ends, said in known[unit_id] if begins <= day < ends), "")

    return name
