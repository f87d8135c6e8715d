"""The base of every page type: routed by its content, published by nobody, live only by the gate.

Articles 9 and 14. Wagtail's tree is where people draft and review; what the public reads is the
publication (docs/adr). So everything here exists to tell people early and politely; the database
decides.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from regulation.refusals import Refusal
from review import routes, statuses
from review.locks import UnderReviewLock
from review.models.cases import Case
from review.permissions import ReviewedPagePermissionTester


class GovernmentCategory(models.TextChoices):
    """The ten categories of Article 14(1), verbatim."""

    EVENT = "event", "政府重要活动"
    MAJOR_POLICY = "major_policy", "重大政策"
    INTERPRETATION = "interpretation", "政策解读"
    ANNOUNCEMENT = "announcement", "政府公告"
    DOCUMENT = "document", "政府文件"
    SPEECH = "speech", "领导讲话"
    MEETING = "meeting", "政府会议"
    PROPOSALS = "proposals", "人大代表建议和政协委员提案"
    SUPERVISION = "supervision", "政务督查"
    RESEARCH = "research", "调查研究"


def no_alias():
    """Every item is one unit's, once (Article 9); a mirror would be a second one that nobody submits."""
    return Refusal(
        _("An item stands in one place only and has no aliases. Copy it to write a new one."),
        article="9",
        code="alias",
    )


class ReviewedPage(Page):
    """Subclasses say what they publish in `build_document()`; which route they take follows from here."""

    interactive = False  # Article 14(5): letters, consultations, interviews
    structure = ""  # Article 18: "columns" for the pages that make up the tree itself
    follows_gate = (
        False  # the content was judged when it was handed in: Wagtail's row takes it as it was signed
    )
    exclude_fields_in_copy = ["object_id"]

    object_id = models.UUIDField(_("object"), default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        "organisation.Unit", verbose_name=_("responsible unit"), on_delete=models.PROTECT, related_name="+"
    )
    in_government_name = models.BooleanField(
        _("in the name of the district government"), default=False, help_text=_("Article 14 (1)")
    )
    government_category = models.CharField(
        _("category"), max_length=20, choices=GovernmentCategory.choices, blank=True
    )
    sensitive = models.BooleanField(
        _("emergency or sensitive matter"), default=False, help_text=_("Article 14 (6)")
    )
    is_reprint = models.BooleanField(
        _("reprinted from other media or organisations"), default=False, help_text=_("Article 14 (4)")
    )
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the original"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the original"), null=True, blank=True)
    editor = models.CharField(_("responsible editor"), max_length=60, blank=True)

    class Meta:
        abstract = True

    def build_document(self):
        """The public part of this draft as a plain dictionary (architecture: the submission)."""
        raise NotImplementedError

    def draft_document(self):
        """The same of an unfinished draft, for looking at and checking it; keeps nothing and allots nothing."""
        return self.build_document()

    def check_submittable(self):
        """Raises `Refusal` (or `ValidationError`) unless this draft may be submitted; subclasses add to it."""
        self.full_clean()

    # --- Article 14(1) ¶3: what goes online together ---

    def companions(self):
        """Pages whose items become public with this one in one transaction, or not at all."""
        return []

    def bundle_id(self):
        """Under which all of them are submitted; nothing where there are no companions."""
        return None

    def open_duties(self):
        """A `Refusal` for each duty of its kind that the draft leaves open; asked when it is submitted."""
        return []

    # --- Article 14: the route follows from content, never from the tree ---

    @property
    def item_facts(self):
        return routes.ItemFacts(
            unit_kind=self.unit.kind if self.unit_id else "",
            sensitive=self.sensitive or self.is_escalated,
            in_government_name=self.in_government_name,
            is_reprint=self.is_reprint,
            interactive=self.interactive,
            structure=self.structure,
        )

    @property
    def is_escalated(self):
        """A reviewer moved it to route (6); it stays there until the e-gov 主管领导 decides otherwise."""
        from review.models.cases import Escalation

        last = Escalation.objects.filter(object_id=self.object_id).order_by("-pk").first()
        return bool(last and last.direction == Escalation.UP)

    @property
    def route(self):
        return routes.route_for(self.item_facts)

    @property
    def has_workflow(self):
        return True

    def get_workflow(self):
        from review.models.workflows import RouteWorkflow

        route = self.route
        link = RouteWorkflow.objects.select_related("workflow").filter(
            route=route.code, variant=route.variant, version=routes.VERSION
        )
        found = link.first()
        return found.workflow if found else None

    # --- nobody publishes; the gate's publication makes a page live ---

    def permissions_for_user(self, user):
        return ReviewedPagePermissionTester(user, self)

    def save(self, *args, **kwargs):
        """Live is a consequence: an open publication of this object, nothing else, makes it true."""
        if self.alias_of_id and self._state.adding:
            raise no_alias()
        if self.live and not self.is_public:
            self.live = False
            self.live_revision = None
        if self.follows_gate:
            kwargs["clean"] = False
        return super().save(*args, **kwargs)

    def save_revision(self, *args, **kwargs):
        """The editor asks `get_lock` first; this catches whoever does not (revert, scripts, syncs)."""
        self.forget_case()
        if self.pk and self.open_case:
            raise self.locked_refusal()
        return super().save_revision(*args, **kwargs)

    @staticmethod
    def locked_refusal():
        return Refusal(_("The item is under review and cannot be changed."), article="14", code="locked")

    def publish(self, revision, *args, **kwargs):
        if kwargs.pop("by_gate", False):
            return super().publish(revision, *args, **kwargs)
        raise Refusal(
            _("Nothing goes online except by the last signature of its route."),
            article="14",
            code="no_publish",
        )

    def get_lock(self):
        """While people sign, nobody edits; autosave, revert and the editor all ask here."""
        if self.pk and (case := self.open_case):
            return UnderReviewLock(self, case)
        return super().get_lock()

    # --- where it stands ---

    @property
    def is_public(self):
        from publication.models import Publication

        return Publication.objects.filter(object_id=self.object_id, ended_at__isnull=True).exists()

    @property
    def open_case(self):
        if not hasattr(self, "_open_case"):
            self._open_case = Case.objects.select_related("step_unit").current_for_page(self.pk)
        return self._open_case

    def forget_case(self):
        self.__dict__.pop("_open_case", None)

    @property
    def latest_case(self):
        if not hasattr(self, "_latest_case"):
            cases = Case.objects.filter(page_id=self.pk).order_by("-created_at")
            self._latest_case = self.open_case or cases.first()
        return self._latest_case

    @property
    def status_string(self):
        """Wagtail's explorer shows this; `case_status` comes with its list (review/wagtail_hooks.py)."""
        if hasattr(self, "case_status"):
            label = statuses.label(self.case_status or statuses.DRAFT)
            office = getattr(self, "case_office", None)
            return f"{label} · {office}" if office else label
        return self.display_status

    @property
    def display_status(self):
        case = self.latest_case
        return case.status_label if case else statuses.label(statuses.DRAFT)
