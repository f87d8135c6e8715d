"""Findings that may stand: who may say so, said in writing, shown to every reviewer (Articles 13, 16).

The table says who answers for what. Nobody overrides for his own draft, and nobody overrides a disguise.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from checks.findings import Finding, Level
from checks.models import Override
from organisation.authority import Authority, authorities_of
from regulation.refusals import Refusal

#: level → posts of the item's own unit
MAY = {
    Level.STOP: ("secrecy_body",),
    Level.BLOCK: ("reviewer", "branch_leader", "supervising_leader", "principal_leader"),
}
#: Never: what is hidden in files and texts is taken out, not answered for.
NEVER = frozenset(
    [
        "debris.seal",
        "debris.code",
        "file.macro",
        "file.script",
        "file.unreadable",
        "file.revision",
        "file.hidden",
        "file.comment",
    ]
)
MIN_REASON = 6


def standing(object_id, findings: list[Finding]) -> list[Finding]:
    """The findings, with whoever took each upon himself; one query."""
    signed = {
        row.fingerprint: row for row in Override.objects.filter(object_id=object_id).select_related("by")
    }
    return [
        finding.under(as_fact(signed[finding.fingerprint])) if finding.fingerprint in signed else finding
        for finding in findings
    ]


def as_fact(row: Override) -> dict:
    return {"by": row.by.name, "post": row.post, "reason": row.reason, "at": row.at.isoformat()}


def authority_for(finding: Finding, user, unit_id: int, author_id: int | None) -> Authority | None:
    """The post in which the person may sign for this finding, or nothing."""
    if finding.rule in NEVER or finding.overridden or user.pk == author_id:
        return None
    posts = MAY.get(finding.level, ())
    return next((a for a in authorities_of(user) if a.unit_id == unit_id and a.post in posts), None)


@transaction.atomic
def sign(finding: Finding, user, *, object_id, unit_id: int, author_id: int | None, reason: str) -> Override:
    reason = " ".join(reason.split())
    authority = authority_for(finding, user, unit_id, author_id)
    if authority is None:
        raise Refusal(
            _("You may not answer for this finding; it is put right in the text."),
            article=finding.article,
            code="no_override",
        )
    if len(reason) < MIN_REASON:
        raise Refusal(_("Say in a sentence why this may stand."), article=finding.article, code="no_reason")
    row, _made = Override.objects.get_or_create(
        object_id=object_id,
        fingerprint=finding.fingerprint,
        defaults={
            "rule": finding.rule,
            "level": finding.level,
            "excerpt": finding.excerpt[:300],
            "reason": reason[:500],
            "by": user,
            "unit_id": unit_id,
            "post": authority.post,
            "delegation_id": authority.delegation_id,
        },
    )
    return row
