"""Articles 7 and 8: a reprint comes from a listed source and brings its proof; others' unpublished matter needs consent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checks import captures
from checks.links import host_of
from checks.models import Evidence, ForeignMatter, ReprintSource, SourceException
from organisation.authority import authorities_of
from regulation.refusals import Refusal

CAPTURE, CONSENT, ORIGINAL = "capture", "consent", "original"
LEADER = "portal_leader"
MIN_REASON = 6


@dataclass(frozen=True)
class Origin:
    """What an item says of where it comes from."""

    object_id: UUID
    is_reprint: bool
    name: str
    url: str
    day: date | None


def problems(origin: Origin) -> Iterator[Refusal]:
    """Every reason why an item may not be submitted because of its origin."""
    if origin.is_reprint:
        yield from _reprint(origin)
    organ = organ_of(origin.object_id)
    if organ and not evidence(origin.object_id, CONSENT).exists():
        yield Refusal(
            _("Information of %(organ)s that is not yet public needs its written consent on file.")
            % {"organ": organ},
            article="8",
            code="no_consent",
        )


def _reprint(origin: Origin) -> Iterator[Refusal]:
    if not origin.url:
        yield Refusal(_("A reprint names the address of the original."), article="8", code="no_source_url")
    if origin.day and origin.day > timezone.localdate():
        yield Refusal(
            _("The date of the original lies in the future."), article="8", code="future_source_date"
        )
    if not evidence(origin.object_id, CAPTURE).exists():
        yield Refusal(
            _("A reprint brings a capture of the original: a saved page, a PDF or a screenshot."),
            article="8",
            code="no_capture",
        )
    if origin.name and listed(origin) is None and granted(origin) is None:
        yield Refusal(
            _("“%(name)s” is not among the allowed sources; the portal's leader may make an exception.")
            % {"name": origin.name},
            article="7",
            code="unlisted_source",
        )


def listed(origin: Origin, day: date | None = None) -> ReprintSource | None:
    """The line of the registry that allows this source today, by name and, where it has one, by domain."""
    host = host_of(origin.url) if origin.url else ""
    for source in ReprintSource.objects.valid(day).filter(name=origin.name.strip()):
        domain = source.domain.lower().strip().removeprefix("www.")
        if not domain or not host or host == domain or host.endswith(f".{domain}"):
            return source
    return None


def granted(origin: Origin) -> SourceException | None:
    """The exception counts for the source it was asked for; another name or address needs another."""
    return SourceException.objects.filter(
        object_id=origin.object_id, source_name=origin.name, source_url=origin.url, granted=True
    ).first()


def evidence(object_id, kind=None):
    rows = Evidence.objects.filter(object_id=object_id, withdrawn_at__isnull=True)
    return rows.filter(kind=kind) if kind else rows


def organ_of(object_id) -> str:
    return ForeignMatter.objects.filter(pk=object_id).values_list("organ", flat=True).first() or ""


# --- what authors do ---


@transaction.atomic
def file_evidence(object_id, kind: str, upload, by, *, url: str = "", organ: str = "") -> Evidence:
    return Evidence.objects.create(
        object_id=object_id, kind=kind, by=by, url=url[:500], organ=organ[:200], **captures.keep(upload)
    )


def file_original(object_id, upload, by) -> Evidence:
    """The file that a draft was made from, as it came (Article 8); once for the same bytes."""
    facts = captures.keep(upload, captures.ORIGINALS, captures.MAX_ORIGINAL)
    known = evidence(object_id, ORIGINAL).filter(sha256=facts["sha256"]).first()
    return known or Evidence.objects.create(object_id=object_id, kind=ORIGINAL, by=by, **facts)


def withdraw_evidence(object_id, pk: int) -> None:
    """The row and the file stay on record; it only no longer counts."""
    Evidence.objects.filter(pk=pk, object_id=object_id, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


def declare(object_id, organ: str, by) -> None:
    ForeignMatter.objects.update_or_create(
        object_id=object_id, defaults={"organ": " ".join(organ.split())[:200], "by": by, "at": timezone.now()}
    )


def ask_exception(origin: Origin, *, page_id: int, title: str, unit_id: int, by, why: str) -> SourceException:
    require_words(why)
    if not origin.name:
        raise Refusal(_("Name the source first."), article="7", code="no_source")
    row, _made = SourceException.objects.get_or_create(
        object_id=origin.object_id,
        source_name=origin.name,
        granted=None,
        defaults={
            "page_id": page_id,
            "title": title[:500],
            "source_url": origin.url,
            "unit_id": unit_id,
            "asked_by": by,
            "why": why[:500],
        },
    )
    return row


# --- what the portal's leader does ---


@transaction.atomic
def decide_exception(pk: int, user, *, grant: bool, reason: str) -> SourceException:
    row = SourceException.objects.select_for_update().get(pk=pk)
    if not any(authority.post == LEADER for authority in authorities_of(user)):
        raise Refusal(_("Only the portal's leader decides on exceptions."), article="7", code="not_leader")
    if row.asked_by_id == user.pk:
        raise Refusal(_("Nobody decides on his own request."), article="7", code="own_request")
    if row.granted is not None:
        raise Refusal(_("This request is decided already."), article="7", code="decided")
    require_words(reason)
    row.granted, row.reason = grant, reason[:500]
    row.decided_by, row.decided_at = user, timezone.now()
    row.save(update_fields=["granted", "reason", "decided_by", "decided_at"])
    return row


def require_words(reason: str) -> None:
    if len(reason.strip()) < MIN_REASON:
        raise Refusal(_("Give the reason in a sentence."), article="7", code="no_reason")
