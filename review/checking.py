"""Content checks and origins in a review: shown to the author, refused at submission, kept for every reviewer.

What is checked is the document that will be signed; what is found is stored with the submission, and each
signature carries the version of rules and lists (Articles 7, 8, 13, 15, 16).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from checks import comparison, dead_links, documents, engine, findings, lists, overrides, sources
from checks.findings import Context, Finding
from checks.models import CheckRun, LinkState
from publication.documents import parse
from publication.models import Publication
from regulation.refusals import Refusal

MOST_REFUSALS = 6


@dataclass(frozen=True)
class Result:
    """The checks of one draft."""

    findings: list[Finding]
    parts: list
    version: str

    @property
    def counts(self):
        return findings.tally(self.findings)

    @property
    def in_the_way(self):
        return [finding for finding in self.findings if finding.in_the_way]

    @property
    def digest(self):
        return engine.digest_of(self.parts)


def result(page) -> Result:
    """Of the draft as it stands; once for each page object."""
    if not hasattr(page, "_check_result"):
        page._check_result = run(page)
    return page._check_result


def run(page) -> Result:
    document = page.draft_document()
    parts = documents.parts(document, open_draft_file)
    words = lists.current()
    links = {link.href for part in parts for link in part.links}
    context = Context(interactive=page.interactive, dead=dead_links.dead_ones(links))
    found = engine.check(parts, words, context)
    return Result(overrides.standing(page.object_id, found), parts, engine.version_of(words))


def open_draft_file(sha256):
    """A file of a library by its digest; drafts name their unit's own files only."""
    for model in (get_document_model(), get_image_model()):
        row = model.objects.filter(sha256=sha256).first()
        if row is not None:
            return row.file.storage.open(row.file.name, "rb")
    raise FileNotFoundError(sha256)


# --- at submission ---


def refusals(page, author):
    """What stands in the way of submitting, each with its article."""
    yield from sources.problems(origin_of(page))
    blocking = result(page).in_the_way
    for finding in blocking[:MOST_REFUSALS]:
        yield Refusal(sentence(finding), article=finding.article, code=finding.rule)
    if len(blocking) > MOST_REFUSALS:
        yield Refusal(
            _("%(number)s more findings stand in the way.") % {"number": len(blocking) - MOST_REFUSALS},
            article="16",
            code="more_findings",
        )


def sentence(finding):
    excerpt = f"：{finding.excerpt}" if finding.excerpt else ""
    return f"{finding.part}　{finding.title}{excerpt}　{finding.suggestion}".rstrip("。")


def origin_of(page):
    return sources.Origin(
        page.object_id, page.is_reprint, page.source_name.strip(), page.source_url or "", page.source_date
    )


def record(submission, page):
    """Keeps what was found beside the submission, in its transaction."""
    done = result(page)
    return CheckRun.objects.create(
        submission_id=submission.pk,
        object_id=submission.object_id,
        version=done.version,
        digest=done.digest,
        counts=done.counts,
        findings=[finding.as_dict() for finding in done.findings],
    )


# --- for those who sign ---


def of_case(case):
    """The stored findings of a submission, or nothing for those from before the checks."""
    return CheckRun.objects.filter(pk=case.pk).first()


def carry(old_case, new_case):
    """The same content on another route: the same findings."""
    run = of_case(old_case)
    if run is not None:
        run.pk = new_case.pk
        run.save(force_insert=True)


def detail(case):
    """What a signature keeps: by which rules the item was checked, and how many findings its signatory saw."""
    run = of_case(case)
    return {"checks": {"version": run.version, **run.counts}} if run else {}


def provenance(case, document):
    """Evidence, exception and comparison for the review page."""
    source = document.get("source") or {}
    object_id = case.object_id
    origin = sources.Origin(
        object_id, source.get("kind") == "reprint", source.get("name") or "", source.get("url") or "", None
    )
    files = list(sources.evidence(object_id).select_related("by"))
    return {
        "evidence": files,
        "exception": sources.granted(origin) if origin.is_reprint else None,
        "listed": sources.listed(origin) if origin.is_reprint else None,
        "is_reprint": origin.is_reprint,
        "organ": sources.organ_of(object_id),
        "comparison": compared(files, documents.parts(document)) if origin.is_reprint else None,
    }


def compared(files, parts):
    """Against the latest capture that has words."""
    from checks.captures import text_of

    for capture in files:
        if capture.kind == sources.CAPTURE and (text := text_of(capture)):
            return comparison.compare(text, comparison.item_text(parts))
    return None


# --- in the background ---


def public_links():
    """Every outside address that the public can follow now (`manage.py check_links`)."""
    for document in (
        Publication.objects.filter(ended_at__isnull=True).values_list("document", flat=True).iterator()
    ):
        for part in documents.parts(parse(bytes(document))):
            yield from (link.href for link in part.links)


def dead_public_links():
    return LinkState.objects.filter(failures__gte=dead_links.DEAD_AFTER).order_by("url")
